def log = new File(basedir, 'build.log').text

assert log.contains('app.Missing')
assert log.contains('app.Main')
assert !log.contains('\tat dev.cortado')
assert !new File(basedir, 'target/missing-main-class.elf').exists()
return true
