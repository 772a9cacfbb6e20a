def log = new File(basedir, 'build.log').text
def expect = { text -> if (!log.contains(text)) throw new AssertionError("missing: $text") }

expect('app.One, app.Two')
expect('<mainClass>')
if (log.contains('\tat dev.cortado')) throw new AssertionError('a stack trace')
return true
