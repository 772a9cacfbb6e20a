def log = new File(basedir, 'build.log').text

assert log.contains('app.One, app.Two')
assert log.contains('<mainClass>')
assert !log.contains('\tat dev.cortado')
return true
