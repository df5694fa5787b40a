# SPDX-License-Identifier: GPL-3.0-or-later
"""A tile whose process is killed says so and starts again; the others never notice."""


def killed_process(world):
    world.seed("clock", "todo", "notes")
    world.start()
    world.wait_running(3)
    processes = world.pages(3)
    victim = max(processes)

    world.kill(victim)
    world.see("ended unexpectedly")
    button = world.button("Start Again")
    world.wait_running(2)
    assert world.pages(2) == processes - {victim}
    world.picture("killed_process-calm")

    world.click(button)
    world.wait_running(3)
    world.see_gone("ended unexpectedly")
    later = world.pages(3)
    assert later > processes - {victim} and victim not in later, later
