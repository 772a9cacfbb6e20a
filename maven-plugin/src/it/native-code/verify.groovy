def log = new File(basedir, 'build.log').text
def expect = { text -> if (!log.contains(text)) throw new AssertionError("missing: $text") }

expect('native method')
expect('app.Main.answer')
if (log.contains('\tat dev.cortado')) throw new AssertionError('a stack trace')
if (new File(basedir, 'target/native-code.elf').exists()) throw new AssertionError('an image')
return true
