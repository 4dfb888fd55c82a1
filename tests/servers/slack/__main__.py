"""`python -m tests.servers.slack`: the local Slack for a human."""

from tests.servers.slack.console import main

if __name__ == "__main__":
    main()
