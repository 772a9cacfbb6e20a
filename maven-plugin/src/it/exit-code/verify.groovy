def log = new File(basedir, 'build.log').text

assert log.contains('arguments: one two words')
assert log.contains('color: red')
assert log.contains("the guest's exit code is 3")
assert log.contains('--memory 4')
assert log =~ /(?m)^\[INFO\].*app\.Main/
assert new File(basedir, 'target/image.json').text.contains('app.Main')
assert new File(basedir, 'target/image.html').text.contains('<html')
assert log.contains('is up to date')
assert !log.contains('\tat dev.cortado')
return true
