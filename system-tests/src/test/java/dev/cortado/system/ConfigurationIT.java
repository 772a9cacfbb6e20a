package dev.cortado.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest is told when it boots: by QEMU's fw_cfg, and by media that xorriso makes. */
@EnabledIfSystemProperty(
        named = "cortado.hypervisors",
        matches = "true",
        disabledReason = "an image of its own, which takes two minutes more")
final class ConfigurationIT {
    private static final String SAYS = "cortado: configuration: ";

    private static Path image;

    @TempDir Path directory;

    @BeforeAll
    static void build() {
        image =
                Cortado.build(
                        Program.configuration(),
                        "configuration",
                        "--configuration",
                        "fw-cfg,nocloud,config-drive");
    }

    /** Runs to its end, with these options of QEMU and words of the command line. */
    private static String run(String machine, String words, String... options) {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64"));
        command.addAll(List.of("-machine", machine, "-accel", "tcg", "-cpu", "max", "-m", "128"));
        command.addAll(List.of("-nodefaults", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-serial", "stdio", "-kernel", image.toString()));
        command.addAll(List.of("-append", words));
        command.addAll(List.of("-device", "isa-debug-exit,iobase=0xf4,iosize=4"));
        command.addAll(List.of(options));
        Outcome outcome = Outcome.of(command, "");
        assertTrue(outcome.console().endsWith("end\n"), outcome.console());
        return outcome.console().replace("\r", "");
    }

    private static void assertHas(String console, String... lines) {
        List<String> all = console.lines().toList();
        for (String line : lines) {
            assertTrue(all.contains(line), line + " is missing in:\n" + console);
        }
    }

    private Path file(String path, String content) throws IOException {
        Path file = directory.resolve("medium").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** An option that gives the machine a CD with all files. */
    private String medium(String label) {
        Path disk = directory.resolve("medium.iso");
        List<String> command =
                List.of(
                        "xorriso",
                        "-as",
                        "mkisofs",
                        "-V",
                        label,
                        "-J",
                        "-r",
                        "-o",
                        disk.toString(),
                        directory.resolve("medium").toString());
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/xorriso")), "xorriso is not installed");
        Outcome outcome = Outcome.of(command, "");
        assertEquals(0, outcome.exitCode(), outcome.console());
        return "if=virtio,format=raw,readonly=on,file=" + disk;
    }

    @ParameterizedTest
    @ValueSource(strings = {"microvm", "q35"})
    void firmwareTellsArgumentsPropertiesEnvironmentAndFiles(String machine) {
        String console =
                run(
                        machine,
                        "",
                        "-fw_cfg",
                        "name=opt/dev.cortado/arguments,string=one \"two words\"",
                        "-fw_cfg",
                        "name=opt/dev.cortado/properties,string=test.a=1",
                        "-fw_cfg",
                        "name=opt/dev.cortado/environment,string=HOME=/tmp",
                        "-fw_cfg",
                        "name=opt/dev.cortado/files/etc/app/conf,string=content",
                        "-fw_cfg",
                        "name=opt/dev.cortado/mounts,string=wrong");
        assertHas(
                console,
                "arguments [one, two words]",
                "property test.a=1",
                "variable HOME=/tmp",
                "file /etc/app/conf rw-r--r-- content",
                SAYS
                        + "2 arguments by fw_cfg; 1 property by fw_cfg; 1 variable by fw_cfg;"
                        + " 1 file by fw_cfg");
        assertTrue(console.contains(SAYS + "fw_cfg: \"wrong\": it has no equals sign"), console);
    }

    @Test
    void noCloudIsReadAndCountsLess() throws IOException {
        file("meta-data", "instance-id: one\n");
        file(
                "user-data",
                """
                #cloud-config
                write_files:
                - {path: /etc/motd, content: aGVsbG8K, encoding: b64, permissions: '0600'}
                - {path: /etc/motd, content: world, append: true}
                cortado:
                  arguments: [never]
                  properties: {test.a: 2, test.b: 3, test.c: 4}
                  environment: {PATH: /bin, HOME: /never}
                packages: [nginx]
                """);
        file(
                "network-config",
                """
                version: 2
                ethernets:
                  any:
                    match: {macaddress: '52:54:00:AB:CD:01'}
                    addresses: [192.0.2.7/24]
                    gateway4: 192.0.2.1
                """);
        String console =
                run(
                        "q35",
                        "cortado.env=HOME=/said \"cortado.env=A=b c\" -- -Dtest.c=5",
                        "-drive",
                        medium("cidata"),
                        "-netdev",
                        "user,id=net,net=192.0.2.0/24",
                        "-device",
                        "virtio-net-pci,netdev=net,mac=52:54:00:ab:cd:01",
                        "-fw_cfg",
                        "name=opt/dev.cortado/arguments,string=first",
                        "-fw_cfg",
                        "name=opt/dev.cortado/properties,string=test.a=1");
        assertHas(
                console,
                "arguments [first]",
                "property test.a=1",
                "property test.b=3",
                "property test.c=5",
                "variable A=b c",
                "variable HOME=/said",
                "variable PATH=/bin",
                "file /etc/motd rw-r--r-- hello",
                "world",
                "address 192.0.2.7/24",
                SAYS + "NoCloud of vda: user-data, line 2: nothing here knows packages; left out",
                "cortado: eth0 192.0.2.7/24 gateway 192.0.2.1 (NoCloud of vda)",
                SAYS
                        + "1 argument by fw_cfg; 3 properties by NoCloud of vda, fw_cfg; 1 variable"
                        + " by NoCloud of vda; 1 interface by NoCloud of vda; 2 files by NoCloud of"
                        + " vda");
    }

    @Test
    void aConfigDriveIsRead() throws IOException {
        file("openstack/latest/meta_data.json", "{\"meta\": {\"test.role\": \"web\"}}");
        String console = run("q35", "said", "-drive", medium("config-2"));
        assertHas(
                console,
                "arguments [said]",
                "property test.role=web",
                SAYS + "1 property by ConfigDrive of vda");
    }

    @Test
    void whereNothingIsSaidThereIsNothing() {
        String console = run("microvm", "");
        assertHas(console, SAYS + "nothing", "arguments []");
        assertFalse(console.contains("variable"), console);
    }
}
