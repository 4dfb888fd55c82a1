"""From a context and its candidates to an action with its propensity: features, policies, rewards, replay."""
