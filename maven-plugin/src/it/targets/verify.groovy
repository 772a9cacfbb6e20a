def log = new File(basedir, 'build.log').text
def expect = { text, where = log -> if (!where.contains(text)) throw new AssertionError("missing: $text") }

for (name in ['targets-xen-pvh.elf', 'targets-xen-pvh.cfg', 'targets-xen-hvm.img', 'targets-xen-hvm.cfg']) {
    if (!new File(basedir, "app/target/$name").isFile()) throw new AssertionError("no $name")
}
if (new File(basedir, 'app/target/targets.elf').exists()) throw new AssertionError('an image for QEMU')
def compiles = log.readLines().count { it.endsWith('Compiling for xen-pvh, xen-hvm') }
if (compiles != 1) throw new AssertionError("$compiles compiles")
expect('nothing to do for a project of packaging pom')
expect('nothing to do for a library, which has no main class')
def installed = new File(localRepositoryPath, 'dev/cortado/it/targets/1')
for (name in ['targets-1-xen-pvh.elf', 'targets-1-xen-hvm.img']) {
    if (!new File(installed, name).isFile()) throw new AssertionError("$name is not installed")
}
expect('targets-xen-pvh.elf is up to date')
expect('targets-xen-hvm.img is up to date')
expect('the project is built for xen-pvh, xen-hvm only')
expect('choose the one to report on with -Dcortado.target')
expect('there is no target "kvm": there are qemu, xen-pvh, xen-pv, xen-hvm, bzimage, bare')
expect('"format" : "disk"', new File(basedir, 'app/target/image.json').text)
expect('type = "hvm"', new File(basedir, 'app/target/targets-xen-hvm.cfg').text)
if (log.contains('\tat dev.cortado')) throw new AssertionError('a stack trace')
return true
