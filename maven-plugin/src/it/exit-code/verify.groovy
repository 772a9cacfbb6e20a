def log = new File(basedir, 'build.log').text
def expect = { text, where = log -> if (!where.contains(text)) throw new AssertionError("missing: $text") }

expect('arguments: one two words')
expect('color: red')
expect('shape: round')
expect("accelerator is 'hvf'")
expect('found in the cache')
expect("the guest's exit code is 3")
expect('--memory 4')
expect('Main class  app.Main')
expect('app.Main', new File(basedir, 'image.json').text)
expect('<html', new File(basedir, 'image.html').text)
expect('is up to date')
expect('exit-code.console.log')
expect('guest exit-code ended with exit code')
if (!new File(basedir, 'target/exit-code.console.log').isFile()) throw new AssertionError('no console')
if (log.contains('\tat dev.cortado')) throw new AssertionError('a stack trace')
return true
