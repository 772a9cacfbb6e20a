def log = new File(basedir, 'build.log').text
def expect = { text -> if (!log.contains(text)) throw new AssertionError("missing: $text") }

expect('app.Missing')
expect('app.Main')
if (log.contains('\tat dev.cortado')) throw new AssertionError('a stack trace')
if (new File(basedir, 'target/missing-main-class.elf').exists()) throw new AssertionError('an image')
return true
