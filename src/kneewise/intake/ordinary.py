"""Ordinary words that look like a misspelt word of the lexicon and are not."""

ORDINARY = frozenset(
    """about above abroad across after again against almost alone along among angle angry animal another answer anyone
    appear around asked asleep August autumn award aware awful baker based basic beach begin behave being below better
    between black blame board boost bored borne bought bound brain brand brave bread break bride brief bright bring
    broad brought brown brush build built bumpy bunch cable carry carried cause chain chair chance change charge cheap
    check cheer chess chest chick chief child chip choir chose church class clean clear clerk climb clock clone close
    clothes cloud coast coach could count couple court cover crash crazy cream cross crowd curve dance death delay
    depth doing doubt dozen draft drain drama drawn dream dress dried drink drill drove early earth eight either empty
    enjoy enough enter equal event every exact extra faint faith false fancy favour feast field fight final finish
    first flash fleet flesh floor flour focus force forth forty found frame fresh front fruit funny garden ghost giant
    glass globe going grace grade grand grant grass great green greet group guard guess guest guide happy harsh hello
    heard heart heaven hedge hello hence hobby horse hotel house human hurry ideal image index inner issue items joins
    judge juice knife known label large later laugh layer learn lease least leave legal level light limit liver local
    loose lower lucky lunch magic major maker march match maybe means meant metal might minor mixed model money month
    moral motor mount mouse mouth movie music never newly night noise north noted nurse occur ocean offer often older
    order other ought outer owner panel paper party patch pause peace phase phone photo piece pilot pitch place plain
    plane plant plate point pound power press price pride print prior prize proof proud quick quiet quite radio raise
    range rapid ratio reach react ready refer relax reply rider rough round route royal rural salad scale scene scope
    score sense serve seven shade shaft shake shall shame shape share sharp sheep sheer sheet shelf shell shift shine
    shirt shock shoot shore short shown shows sight since sixth skill slate slice slide slope small smart smell smile
    smoke solid solve sorry sound south space spare speak speed spell spend spent spite split spoke spoon staff stage
    stake stale stamp stand stare start state steal steam steel steep stick still stock stone stood store storm story
    straw strip stuck study stuff style sugar suite sunny super sweet swept swing table taken taste taught teach teeth
    terms thank their theme there these thick thing think third those three threw throw title today token tooth topic
    total touch tough tower track trade trail train trait treat trend trial tribe trick tried tries truck truly trust
    truth twice under union until upper upset urban usual value video visit vital voice waist waste watch water whale
    wheel where which while white whole whose woman women world worry worse worst worth would wound write wrong wrote
    shout shouts shouted yeah young youth Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April October November
    December September really wanted wanting having during though through thought throughout morning evening without
    within doctor doctors hospital nothing something anything everything someone everyone holiday weekend minute
    minutes second seconds normal normally actual actually happen happened happens happening trying tried kitchen
    garage market parked parking letter little middle mother father brother sister people person better butter bitter
    matter manage manager market marked medical mental metres minister moment moving nearly needed number office
    opinion option parent partner patient perfect period person please pretty prevent private problem process produce
    project promise protect provide public purpose quality question reason receive recent record reduce regular
    relief remain report result return season second section secret seemed seems select senior series service several
    should silver similar simple simply single social sorted spirit spring square status strange street stress
    strong student subject success sudden suffer suggest summer supply support suppose surely surface survey system
    target teacher thanks themselves together tonight toward towards travel trouble twelve twenty unless update
    useful usually various version village volume wanted wedding weight welcome western whether window winter wonder
    worker writing yellow yesterday slower slowly softer softly letting lifted loaded locals logged looked looking
    lasted lately latest longer liked listen lovely manner master metal mostly named narrow nation nature nobody
    phoned picked planned playing pleased plenty pointed posted posting prepare present pushed quickly rather reached
    realise reality rented rested rising rolled rubbed ruined rushed scared seeing sensed shaped shared shopping
    showed shower shown silly sitting smaller smiling solved source speaking spoken staying stayed stupid talking
    talked tested testing thanked tiring tired topped trained training turned turning unable united visited waited
    waiting washed wasted watched watching wearing weather weirdly wished wishing worried wrapped yours bother bothers
    bothered bench batch catch bites biting blend blind block blood bloom boots booth bolts boxes cases cares carer
    cards cream crews cries drops eaten ended faces facts fails fears feeds fills finds fixed flats flows foods forms
    gains games gates gifts girls gives goals grips hands hangs heads helps hides holds holes homes hopes hours ideas
    items jeans joint jokes keeps kicks kinds lacks lands lanes leads likes lines lists lives looks loves marks meals
    meets miles minds misses moves names needs nights notes pages pairs parks parts paths picks plans plays pools
    posts pulse races rates reads rests rides rings rises risks roads roles rolls rooms roots rules sales seats sells
    sends shoes shops shots signs sites sizes skips socks sorts spots stays steps stops takes talks tasks teams tells
    tends tests texts tight times tires tools towns trees trips turns types users views waits walks walls wants weeks
    wider winds wives words works yards years tackle tackled stable stuffed stiffly stall coast toast roast bruce
    thigh thighs eight height weigh fight sight slight flight mighty nightly rightly tightly plaster master faster""".lower().split()
)
