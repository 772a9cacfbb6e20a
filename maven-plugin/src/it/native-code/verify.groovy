def log = new File(basedir, 'build.log').text

assert log.contains('native methods')
assert log.contains('app.Main')
assert log.contains('answer')
assert !log.contains('\tat dev.cortado')
assert !new File(basedir, 'target/native-code.elf').exists()
return true
