"""What names articles by their addresses only: sitemaps, pages of links, the owner's picks."""
