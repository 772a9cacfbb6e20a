package dev.cortado.image.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.TestObjects;
import dev.cortado.image.build.Version;
import dev.cortado.image.image.ElfImageWriter;
import dev.cortado.image.image.ImageWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsItsVersion() {
        assertEquals(0, run("version"));
        assertTrue(out.toString().contains("Cortado " + Version.cortado()), out.toString());
        assertFalse(Version.cortado().contains("$"), "the version is filled in by the build");
        assertFalse(Version.graalvm().contains("$"), "the version is filled in by the build");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "build", "run", "ps", "logs", "stop", "rm", "inspect", "convert", "targets", "disk",
                "cache", "version"
            })
    void explainsEachCommand(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(out.toString().startsWith("Usage: cortado " + command), out.toString());
        assertFalse(out.toString().contains("\033"), "no colours outside a terminal");
    }

    @Test
    void explainsItselfWhenGivenNothing() {
        assertEquals(2, run());
        assertTrue(err.toString().contains("Usage: cortado"), err.toString());
        assertTrue(err.toString().contains("Examples"), err.toString());
    }

    @Test
    void completesForTheShell() {
        assertEquals(0, run("generate-completion"));
        assertTrue(out.toString().contains("--class-path"), "completion knows the options");
    }

    @Test
    void refusesUnknownOptionsInOneLine() {
        assertError(run("build", "--nonsense"), "--nonsense", "cortado build --help");
        assertError(run("nonsense"), "nonsense");
        assertError(run("run"), "IMAGE", "cortado run --help");
        assertError(run("run", "x", "--machine", "z80"), "z80", "MICROVM");
        assertError(run("build", "--optimize", "fun"), "fun", "SIZE");
        assertError(
                run("build", "--target", "qemu,kvm"),
                "there is no target \"kvm\": there are qemu, xen-pvh, xen-pv, xen-hvm, bzimage,"
                        + " bare, vmware, hyperv");
        assertError(run("run", "x", "--on", "kvm"), "kvm", "QEMU, XEN");
    }

    /** What the program is missing for is said only after all options were understood. */
    @ParameterizedTest
    @ValueSource(
            strings = {"-march=x86-64-v2", "-Dfoo=bar", "--enable-preview", "--add-modules=a.b"})
    void takesCompilerArgumentsThatLookLikeOptions(String argument) {
        assertError(run("build", "--compiler-argument=" + argument), "no program given");
        assertError(run("build", "--compiler-argument", argument), "no program given");
        assertError(run("build", "--compiler-argument"), "--compiler-argument");
    }

    @Test
    void refusesABuildWithoutAProgram() {
        assertError(run("build"), "no program given");
        assertError(run("build", "-cp", directory.toString()), "no main class given");
        assertError(run("build", directory + "/none.jar"), "none.jar is not a jar");
    }

    @Test
    void refusesFilesThatCannotBeInAnImage() {
        String path = directory.toString();
        assertError(
                run("build", "-cp", path, "-m", "p.Main", "--files", "site=srv"),
                "--files site=srv",
                "does not begin with a slash");
    }

    @Test
    void refusesAJarWithoutAMainClass() throws IOException {
        Path jar = jar("x.jar", new Manifest());
        assertError(run("build", jar.toString()), "no Main-Class in its manifest");
    }

    @Test
    void refusesARunWithTooLittleMemory() throws IOException {
        Path image = directory.resolve("image");
        new ElfImageWriter().write(TestObjects.image(), image);
        assertError(run("run", "--memory", "4", image.toString()), "--memory 4M is too little");
        assertError(run("run", "--memory", "lots", image.toString()), "not an amount of memory");
        assertError(run("run", "--timeout", "0", image.toString()), "--timeout");
        assertError(run("run", directory + "/none"), "there is no image");
    }

    @Test
    void refusesVariablesThatCannotBe() throws IOException {
        Path image = directory.resolve("image");
        new ElfImageWriter().write(TestObjects.image(), image);
        String file = image.toString();
        assertError(run("run", "--env", "=1", file), "--env: there is no name");
        assertError(run("run", "--env-file", directory + "/none", file), "cannot read --env-file");
        assertError(run("run", "--env", "A=" + "x".repeat(1 << 20), file), "room for 1,048,576");
        String path = directory.toString();
        assertError(run("build", "-cp", path, "-m", "p.M", "--env", "HOME"), "write HOME=VALUE");
    }

    @Test
    void refusesANetworkThatCannotBe() throws IOException {
        Path image = directory.resolve("image");
        new ElfImageWriter().write(TestObjects.image(), image);
        String file = image.toString();
        assertError(run("run", "--net", "wifi", file), "--net wifi");
        assertError(run("run", "--forward", "80", file), "--forward 80: write HOSTPORT:GUESTPORT");
        assertError(run("run", "--mac", "1:2", file), "--mac 1:2 is no MAC address");
        assertError(run("run", "--address", "eth0:x", file), "--address eth0:x");
        assertError(run("run", "--forward", "8080:80", file), "has no network driver");
        assertError(run("run", "--on", "xen", "--net", "user", file), "vif = [");
        assertEquals(0, run("run", "--help"));
        String text = out.toString().replaceAll("\\s+", " ");
        assertTrue(text.contains("Network: --net=NETWORK"), text);
    }

    @Test
    void refusesAGuestInTheBackgroundThatCannotBe() throws IOException {
        Path image = directory.resolve("image");
        new ElfImageWriter().write(TestObjects.image(), image);
        String file = image.toString();
        assertError(run("run", "--name", "x", file), "--name", "add --detach");
        assertError(run("run", "--wait-for", "x:1", file), "--wait-for", "add --detach");
        assertError(run("run", "--wait-timeout", "1", file), "--wait-timeout", "add --detach");
        assertError(run("run", "--detach", "--timeout", "1", file), "--timeout", "--detach");
        assertError(run("run", "--detach", "--gdb", file), "--gdb", "--detach");
        assertError(run("run", "--detach", "--monitor", file), "--monitor", "--detach");
        assertError(run("run", "--detach", "--on", "xen", file), "xl create");
        assertError(run("run", "--detach", "--name", "../x", file), "\"../x\" cannot be the name");
        assertError(run("run", "--detach", "--wait-for", "x", file), "--wait-for x");
        assertError(run("run", "--detach", "--wait-for", "guest:80", file), "--forward 0:80");
        assertError(run("run", "--detach", "--wait-timeout", "0", file), "--wait-timeout");
        assertError(run("run", "--detach", "--wait-timeout", "1e300", file), "at most a day");
    }

    @Test
    void refusesCommandsAboutGuestsThatCannotBe() {
        assertError(run("logs"), "NAME");
        assertError(run("logs", "--tail", "-1", "x"), "--tail");
        assertError(run("stop"), "NAME");
        assertError(run("stop", "--timeout", "-1", "x"), "--timeout");
        assertError(run("stop", "--timeout", "NaN", "x"), "--timeout");
        assertError(run("stop", "/x"), "\"/x\" cannot be the name");
        assertError(run("rm"), "NAME");
        assertError(run("rm", ""), "cannot be the name");
    }

    @Test
    void explainsTargets() {
        assertEquals(0, run("build", "--help"));
        String text = out.toString().replaceAll("\\s+", " ");
        assertTrue(
                text.contains("qemu, xen-pvh, xen-pv, xen-hvm, bzimage, bare, vmware, hyperv"),
                text);
    }

    @Test
    void listsTargetsAndFormats() {
        assertEquals(0, run("targets"));
        assertTrue(out.toString().contains("app-xen-hvm.img"), out.toString());
        assertTrue(out.toString().contains("app.qcow2"), out.toString());
        assertTrue(
                out.toString().matches("(?s).*kubevirt +Kubernetes [^\n]* bare +containerdisk.*"),
                out.toString());
    }

    @Test
    void convertsWhatTheNameOfTheOutputSays() {
        Path image = directory.resolve("app-xen-hvm.img");
        ImageWriter.of(Target.XEN_HVM).write(TestObjects.image(Target.XEN_HVM), image);
        String output = directory + "/app.vmx";
        assertEquals(0, run("convert", image.toString(), output), err.toString());
        assertTrue(
                out.toString().matches("(?s).*app.vmx: 0.0 MB\\n.*app.vmdk: .*"), out.toString());
        assertEquals(0, run("inspect", output), err.toString());
        assertTrue(out.toString().contains("vmdk in vmx"), out.toString());
        assertError(run("convert", image.toString(), directory + "/a.b"), "a.b", "--format");
        assertError(run("convert", "--format", "tape", image.toString(), output), "\"tape\"");
        assertError(run("build", "--format", "tape"), "there is no format \"tape\"", "qcow2");
    }

    @Test
    void showsTheStackTraceOnRequest() {
        assertEquals(2, run("--verbose", "build"));
        assertTrue(err.toString().contains("at dev.cortado"), err.toString());
        assertEquals(2, run("build", "--verbose"));
    }

    private void assertError(int exitCode, String... parts) {
        String text = err.toString();
        assertEquals(2, exitCode, text);
        assertEquals(1, text.lines().count(), text);
        for (String part : parts) {
            assertTrue(text.contains(part), text);
        }
        err.getBuffer().setLength(0);
    }

    private int run(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    private Path jar(String name, Manifest manifest) throws IOException {
        Path jar = directory.resolve(name);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
