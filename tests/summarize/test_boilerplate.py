import pytest

from digest.summarize.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    "sentence",
    [
        "With inputs from agencies.",
        "CNN's Per Nyberg contributed to this report.",
        "Reporting by Ann Miller; editing by Bob Smith.",
        "By Ann Miller and Bob Smith",
        "The bridge seen from the east. File image/Reuters.",
        "Photo: Getty Images.",
        "The mayor (left) and the builder (right) at the bridge.",
        "Killed: The bridge was the third to fall.",
        "Also read: The bridge that never was.",
        "Scroll down for video.",
        "Follow us on Twitter for more of this.",
        "Sign up for our free newsletter.",
        "If you like this, please subscribe and leave a comment!",
        "We use cookies to make the bridge better.",
        "Please enable JavaScript in your browser to see the bridge.",
        "This article was updated on Monday.",
        "The post A bridge appeared first on Kent Today.",
        "© 2026 Kent Today. All rights reserved.",
        "More at https://kent.example.",
        "We give you all the answers and more.",
        "Lire aussi : le pont de Metz.",
        "Читайте также: новый мост.",
        "相关阅读：新的大桥。",
        "If you don’t want these mails, please uncheck the box in your delivery settings.",
        "You can unsubscribe at any time.",
        "You can start watching today with a free trial!",
        "There's lots of bonus content in this episode!",
        "The builders did not immediately respond to AFP’s request for comment.",
        "The mayor could not be reached for comment.",
        "A running list of bridges that were closed this year.",
        "Here are the resulting plans for the bridge.",
        "Thanks as always for your support of the bridge.",
        "Share interesting links on our board.",
        "Find out how well you know the bridges of Kent.",
        "Test your knowledge of bridges.",
        "Ann Miller (above with her daughter) opened the bridge.",
        "Above, a friend of the mayor at the bridge.",
        "Welcome back to This Week in Bridges!",
        "As a reminder, each Friday this overview goes out.",
        "In reply to Ann Miller.",
        "This is Behind the Bridge, where we share our thoughts.",
        "This week's episode of Bridges continues the conversation.",
        "KT's Ann Miller asks what the bridge means for Kent.",
        "KT explores why bridges fall.",
        "After the flood of Kent, KT explores why bridges fall.",
        "There is a video of the bridge that you can watch here.",
        "I hope this clarifies the situation.",
        "Kent Today has reached out to the mayor for comment.",
        "Another entry in the Bridges of Kent series.",
    ],
)
def test_what_publishers_put_around_a_story_is_known(sentence):
    assert is_boilerplate(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "By nightfall the bridge was closed.",
        "Subscribers of the library crossed the bridge for nothing.",
        "Watch makers from Geneva bought the bridge.",
        "Like many others, he crossed the bridge on foot.",
        "The builders did not respond to the flood in time.",
        "Here are five things that the builders of the bridge of Ashford, who meet on Monday, want.",
        "Share prices of bridge builders rose.",
        "Sen. Rand Paul (R-Ky.) crossed the bridge.",
        "The newsletter industry crossed a bridge in 2026.",
        "Why it matters: The bridge carries a third of the traffic.",
        "The photo of the bridge won a prize.",
        "A cookie factory stood beside the bridge.",
        "Comments by the mayor angered the builders.",
        "The article of faith was that bridges last.",
        "This is Ann Miller, the mayor of Ashford.",
        "A new study explores why bridges fall.",
        "In response to the flood, the mayor closed the bridge.",
        "From the tower you can watch the ships below.",
        "Above the bridge, lorries wait.",
    ],
)
def test_stories_that_only_sound_like_it_are_left_alone(sentence):
    assert not is_boilerplate(sentence)
