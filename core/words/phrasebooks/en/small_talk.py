"""Small talk in English: what is said to oO that is neither a task nor a wish.

Tests: tests/core/words/test_small_talk.py.
"""

from __future__ import annotations

WORDS = """
    abc absolutely again agreed ah aha aight alright amazing amen annoyed annoying another anything asap2
    asdf asdfgh asdfghjkl asshole awesome awful awkward bastard begin bitch bless blub boo bored boring bot
    brb bro bs bug bullshit busy bye bye-bye cancel cheers cold confused cool correct crap crazy cringe cute
    damn dance dang day deal definitely dick dude dumb dunno eh emergency enough er everything ew eww
    exactly example examples excellent exhausted exit explain fair false fantastic feedback ffs fine free
    fuck fucking funny gg gm gn go god good goodbye gotcha great guide ha hah haha hahaha happy hell hello
    hey heyo hi hiya hm hmm hooray hopefully hot huh hungry idea idiot idk ikr incorrect indeed info
    interesting jk job joke k kidding kk lame later lazy lmao login logout lol loser luck man manual mate
    maybe meh menu mistake mondays more morning moron nah neat never nevermind next ngl nice night no none
    nonsense noob nope noted nothing null obviously oh ok okay omg oops ouch overwhelmed people perfect pff
    pfff ping please pls premium pricing probably quit qwerty ready really reset restart right rip robot
    rofl rubbish sad same say seriously sh*t shame shit sick sing sir sleepy smh smth sorry sos start
    started stop story stressed stuff stupid subscribe sucks sup super support sure sweet tbh terms terrible
    test testing tgif thanks thing thx time tired totally true truth ty typo ugh uh um undefined unsure
    upgrade useful useless version wait waiting wassup wazzup week weird welcome well whatever whoa woah
    woohoo woop works worst wow wrong wtf xyz yay yeah yep yes yikes yo yolo yup zero
"""
"""A text of which each word is one of them, or one of ``BETWEEN``, is small talk."""

BETWEEN = """
    1 123 2 3 a all am an and any app are as at be been bit but by can could did do don't dont ever feel
    feeling for got had have he here how i i'm if im in is it it's its just let let's lets little me much my
    no not now of on one only oo or out r say sense she so some someone something such than that that's
    thats the then there these they this those three to today tomorrow tonight too two u up ur us very was
    we what what's whats will with would ya yet you your
"""
"""Words that stand between those of ``WORDS``, and say nothing alone."""

LAUGHTER = r"(?:a?(?:ha|he|hi|ho)){2,}h?|x+d+|lo+l|(?P<mash>\w)(?P=mash){3,}|[bcdfghjklmnpqrstvwxz]{4,}"
"""Laughter of any length, and what is typed by leaning on the keys."""

OPENINGS = """
    aha dunno eh er hah haha hahaha hm hmm idk lmao lol meh nah nothing oh omg pff pfff um wtf
"""
"""First words of what is no answer to the question what there is to do, whatever follows."""

OPENINGS_OF_A_TIME = ""
"""Such words where a time of day begins with them: German "um 17 Uhr"."""

PHRASES = (
    (
        r"\d+ (?:min(?:ute)?s?|hours?|h|hrs?)|(?:log|sign) (?:in|out)(?: of .+)?|change my name|(?:in"
        r"|at|on) (?:a meeting|work|my way|the (?:bus|train|road))"
    ),
    (
        r"(?:the|that|this|wrong|not that|not this) (?:other )?one|makes sense|stop (?:it|that|this"
        r"|asking|talking)|my (?:\w+ )?(?:cat|dog|\w+) died"
    ),
    (
        r"(?:i|we) need (?:a |some |more )*(?:break|hug|nap|rest|holiday|vacation|drink|coffee|sleep"
        r"|help|time|friend|life|job|moment|minute|change|beer|wine)"
    ),
    r"well done(?: .*)?|(?:great|nice|good) (?:work|stuff)",
    r"(?:you|u)(?: are|'re| r)? \w+(?: \w+)?|(?:i )?(?:really )?(?:love|hate|like) (?:you|it|this|that)",
    r"go (?:away|on|ahead|to hell|fuck yourself|to sleep|home|for it|figure)",
    r"get (?:lost|it|well|going|out(?: of here)?|a life|over it|bent)",
    r"take (?:care|it easy|a break)|(?:come|hold|hang) on|look here",
    r"do (?:it|something|nothing|whatever)(?: else| useful| better)?|do better",
    r"(?:ask|find|try) something else|(?:ask|try|tell) (?:me )?(?:again|later)|make (?:sense|my day)",
    r"watch out|pay attention",
    r"(?:get|start) (?:started|over|again)|plan my day|learn my name|read my mind|read the room",
    r"(?:play|sing)(?: me)?(?: a| some)? (?:music|songs?)",
    r"eat (?:shit|my shorts)|(?:fuck|piss|bugger|sod|shove|bog|back) (?:you|off|it|me)",
    r"screw (?:you|this|it)|damn (?:it|you)|bite me",
    r"(?:how|hows|how's)(?: are| r)?(?: you| u| ya| it| things| life)(?: today| doing| going)*",
    r"what'?s (?:up|new|good|happening)|knock,? knock",
    (
        r"(?:tell|give|make)(?: me)?(?: a| some| another| me)? (?:joke|jokes|story|laugh"
        r"|fun fact)(?: please)?"
    ),
    r"make me laugh|entertain me|surprise me",
    (
        r"what(?:'s| is|s)? the (?:weather|time|date|news|point"
        r"|meaning of life)(?: like)?(?: (?:today|tomorrow|now|here|outside))*"
    ),
    r"(?:weather|news|lottery numbers)(?: (?:forecast|today|tomorrow|now))*",
    r"(?:nice|lovely|terrible|awful|bad|great) weather(?: today)?",
    (
        r"(?:i'm |im )?feeling (?:sick|down|sad|good|great|fine|better|tired|low|ill|meh|blue"
        r"|happy)(?: (?:today|now))?"
    ),
    (
        r"(?:(?:had|having|what) )?(?:a )?(?:really |very |such a )?(?:bad|rough|hard|tough|long|good"
        r"|great|nice|busy|lazy|crazy|awful|terrible) day(?: (?:today|yesterday|so far|at work))?"
    ),
    (
        r"(?:bad|good|dumb|stupid|silly|nice|best|worst) (?:bot|robot|app|one|boy|girl|thing|job|joke"
        r"|luck|idea|try)(?: ever)?"
    ),
    r"my (?:bad|mistake|fault)|(?:sorry,? )?wrong (?:chat|person|window|group)",
    r"(?:sorry,? )?that (?:was(?:n't| not)|is(?:n't| not)) (?:meant )?for you",
    r"(?:(?:that's|thats) (?:it|all|enough)|enough|(?:i'm |im )?(?:done|finished)) for (?:today|now|tonight)",
    (
        r"(?:merry|happy) (?:christmas|x-?mas|birthday|new year|easter|holidays|friday|monday"
        r"|halloween|thanksgiving)(?: (?:to you|oo))*"
    ),
    (
        r"(?:have|enjoy)(?: a| your)?(?: (?:nice|good|great|lovely))? (?:day|evening|weekend|night"
        r"|time|one)(?: too)?"
    ),
    r"long time no see|much (?:appreciated|obliged)",
    r"(?:just )?test(?:ing)?(?: (?:this|it|123|one|two|three|message|1|2|3|the bot|you|oo))*",
    r"hello world|lorem ipsum.*|foo ?bar|blah(?: blah)*|bla(?: bla)*",
    r"(?:one|just a|a|give me a) (?:moment|minute|sec|second|min)|(?:of )?course(?: not)?|for sure",
    r"not bad|no (?:way|problem|worries|idea|clue|comment|need)",
    (
        r"(?:i )?(?:need|want|could use) (?:some )?(?:help|a hug|a break|a drink|a nap|sleep|coffee"
        r"|a holiday|a vacation)"
    ),
    r"all (?:good|ok|okay|right|fine|clear)",
    r"(?:it's |its |this is )?(?:me|\w+ here)|who cares|guess what|i see|my name is .+|so what",
    r"big deal|same here|me too|you too",
    r"nothing(?: (?:special|today|yet|much|new|now|really|left|at all|to do))+",
    r"(?:nice|pleased|good|great) to (?:meet|see|hear from) you|(?:are )?(?:you|u) there",
    r"any(?:one|body) (?:there|here|home)",
    r"turn (?:on|off)|turn (?:on|off) the lights?|(?:the )?lights? (?:on|off)",
    r"(?:explain|introduce|repeat) yourself|read the manual",
    r"(?:that|this) .*(?:wrong|weird|stupid|great|funny|nonsense)",
)
"""Whole texts that are small talk, though their words may belong to a task."""

ANSWERS = (
    r"(?:i )?(?:don't|do not) know(?: yet)?",
    (
        r"(?:ok|okay|k|kk|alright|all right|fine|cool|great|good|perfect|sure|yes|yeah|yep|yup|no"
        r"|nope|nah|right|deal|agreed|exactly|true|correct)(?:[ ,]+(?:ok|okay|cool|great|good|sure"
        r"|yes|no|then|thanks|got it|that's all|not really|of course))*"
    ),
    r"(?:good)?bye(?: bye)?|good ?night|gn|see (?:you|ya|u)(?: (?:soon|later|tomorrow|then|around))?",
    r"(?:(?:(?:i'm|im|we're|all) )?done|(?:that's|thats) (?:it|all|enough)|enough) for (?:today|now|the day)",
    r"talk (?:to you )?(?:soon|later)|take care|cya|ttyl|brb|ciao",
    r"(?:i'm |im |so |very )*sorry(?: about that)?|oops|my bad|my mistake",
    r"(?:(?:actually|oh|no|ok|well),? )?(?:never ?mind|forget (?:it|that|this))",
    r"i (?:don't|dont) feel like it(?: today| now)?",
    r"cancel|no (?:problem|worries|way)|you're welcome|of course(?: not)?|for sure",
    r"(?:i'll|i will) (?:tell you|think about it|do it|be back)(?: later| soon)?",
    (
        r"(?:let me think|not sure|no idea|dunno|idk|maybe|perhaps|whatever|nothing|got it|i see"
        r"|all good|it's fine)(?: (?:yet|now|today|later|really))*"
    ),
    r"(?:one|just a|a|give me a) (?:moment|minute|sec|second|min)",
    r"wait(?: a (?:moment|minute|sec|second))?|hold on|hang on",
)
"""Short answers and farewells: there is nothing to add to them but that they were read."""
