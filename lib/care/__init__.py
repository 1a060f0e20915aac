"""What the briefings of 2017 speak of besides boundaries: vanguards and pioneers, waves of systems, A&E."""
