import java.util.zip.ZipFile

def log = new File(basedir, 'build.log').text
def expect = { text, where = log -> if (!where.contains(text)) throw new AssertionError("missing: $text") }
def lines = ['hello from main', 'resource: in the jar', 'by its name: found']

def jar = new File(basedir, 'target/spring-boot-1.jar')
new ZipFile(jar).withCloseable { zip ->
    for (name in ['BOOT-INF/classes/app/Main.class', 'BOOT-INF/classpath.idx', 'META-INF/native-image/reachability-metadata.json']) {
        if (zip.getEntry(name) == null) throw new AssertionError("the plugin writes another layout: no $name")
    }
}
lines.each { expect(it) }
if (log.contains('\tat dev.cortado')) throw new AssertionError('a stack trace')

def cortado = new File(basedir, '../../../../image-builder/target/cortado/bin/cortado')
def command = { String... words ->
    def process = new ProcessBuilder([cortado.path] + words.toList()).directory(basedir).redirectErrorStream(true).start()
    def output = process.inputStream.text
    if (process.waitFor() != 0) throw new AssertionError("$words: $output")
    output
}
command('build', jar.path, '--name', 'spring-boot', '--optimize', 'build', '--output', 'target/command-line.elf')
def output = command('run', 'target/command-line.elf')
lines.each { expect(it, output) }
return true
