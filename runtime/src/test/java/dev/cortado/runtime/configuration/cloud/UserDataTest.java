package dev.cortado.runtime.configuration.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.configuration.Collected;
import dev.cortado.runtime.configuration.ConfiguredFile;
import dev.cortado.runtime.configuration.Limits;
import dev.cortado.runtime.configuration.named.NamedSetting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UserDataTest {
    private final Collected collected = new Collected();

    private BootConfiguration read(String text) {
        byte[] document = text.getBytes(StandardCharsets.UTF_8);
        UserData.read(document, "user-data", collected.configuration);
        return collected.build();
    }

    private static String content(ConfiguredFile file) {
        return new String(file.content(), StandardCharsets.UTF_8);
    }

    /** After cloud-init's documentation, module write_files. */
    @Test
    void filesAreWritten() {
        BootConfiguration read =
                read(
                        """
                        #cloud-config
                        write_files:
                        - encoding: b64
                          content: aGVsbG8=
                          owner: root:root
                          path: /etc/sysconfig/selinux
                          permissions: '0644'
                        - content: |
                            # My new /etc/sysconfig/samba file

                            SMBDOPTIONS="-D"
                          path: /etc/sysconfig/samba
                          append: true
                        - content: !!binary |
                            aGVs
                            bG8=
                          path: /bin/arch
                          permissions: '0555'
                        - encoding: gzip
                          content: !!binary |
                            H4sIAIDb/U8C/1NW1E/KzNMvzuBKTc7IV8hIzcnJVyjPL8pJ4QIA6N+MVxsAAAA=
                          path: /usr/bin/hello
                          permissions: 0755
                          defer: true
                        - path: /root/CLOUD_INIT_WAS_HERE
                          permissions: 384
                        """);
        assertEquals(List.of(), collected.problems);
        List<ConfiguredFile> files = read.files();
        assertEquals("hello", content(files.get(0)));
        assertEquals(0644, files.get(0).permissions());
        assertEquals(
                "# My new /etc/sysconfig/samba file\n\nSMBDOPTIONS=\"-D\"\n",
                content(files.get(1)));
        assertTrue(files.get(1).isAppended());
        assertEquals(0644, files.get(1).permissions());
        assertEquals("hello", content(files.get(2)));
        assertEquals(0555, files.get(2).permissions());
        assertEquals("#!/bin/sh\necho hello world\n", content(files.get(3)));
        assertEquals(0755, files.get(3).permissions());
        assertEquals("", content(files.get(4)));
        assertEquals(0600, files.get(4).permissions());
        assertEquals("/root/CLOUD_INIT_WAS_HERE", files.get(4).path());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content: a | line 3: a file without a path",
                "path: etc/x | line 3: \"etc/x\" is no file's path",
                "{path: /etc/x, encoding: rot13} | -",
                "{path: /etc/x, encoding: rot13, content: a} | line 3: \"rot13\" is no known",
                "{path: /etc/x, encoding: b64, content: '*'} | line 3: it is no base64",
                "{path: /etc/x, permissions: '0648'} | line 3: \"0648\" is no permissions",
                "{path: /etc/x, permissions: u+x} | line 3: \"u+x\" is no permissions",
                "{path: /etc/x, permissions: 99999} | line 3: permissions are 0 to 7777",
                "{path: /etc/x, append: perhaps} | line 3: \"append\" is neither true nor false",
                "{path: /etc/x, source: {uri: 'http://a'}} | line 3: /etc/x: a file from elsewhere",
                "a | line 3: has no names and values",
            })
    void aBadFileIsLeftOutAndOthersAreNot(String item, String problem) {
        BootConfiguration read =
                read("#cloud-config\nwrite_files:\n- " + item + "\n- path: /etc/good\n");
        assertEquals("/etc/good", read.files().getLast().path());
        if (problem.equals("-")) {
            assertEquals(2, read.files().size());
        } else {
            assertEquals(1, read.files().size());
            assertEquals(1, collected.problems.size());
            String said = collected.problems.getFirst();
            assertTrue(said.startsWith("source: user-data, " + problem), said);
            assertTrue(said.endsWith("; left out"), said);
        }
    }

    @Test
    void theProgramHasASectionOfItsOwn() {
        BootConfiguration read =
                read(
                        """
                        #cloud-config
                        cortado:
                          arguments: [one, 'two words', 3, -Dx=y]
                          properties: {server.port: 8080, empty: }
                          environment:
                            HOME: /tmp
                            WRONG=NAME: x
                          mounts:
                          - /data=vda:ext4,noatime
                          - nonsense
                          other: x
                        """);
        assertEquals(List.of("one", "two words", "3"), read.arguments());
        assertEquals(Map.of("x", "y", "server.port", "8080", "empty", ""), read.properties());
        assertEquals(Map.of("HOME", "/tmp"), read.environment());
        assertEquals("/data", read.mounts().getFirst().path());
        assertEquals(3, collected.problems.size());
        assertTrue(collected.problems.get(1).startsWith("source: \"nonsense\": it has no equals"));
        assertEquals(
                "source: user-data, line 11: \"cortado\" has no other; left out",
                collected.problems.get(2));
    }

    @Test
    void argumentsMayBeALine() {
        assertEquals(
                List.of("a", "b c"),
                read("#cloud-config\ncortado: {arguments: 'a \"b c\"'}\n").arguments());
        assertEquals(
                List.of(),
                read("#cloud-config\ncortado: {arguments: '-Xmx1g'}").properties().keySet().stream()
                        .toList());
        assertEquals(1, collected.problems.size());
    }

    /** After cloud-init's documentation, module mounts. */
    @Test
    void mountsAreFieldsOfATable() {
        BootConfiguration read =
                read(
                        """
                        #cloud-config
                        mounts:
                        - [ /dev/vdb, /data, ext4, "defaults,noatime,nofail", "0", "2" ]
                        - [ 'LABEL=my data', /srv/my data, auto ]
                        - [ swap, none, swap, sw, 0, 0 ]
                        - [ vdc ]
                        - [ vdd, /d, ~, noatime ]
                        """);
        assertEquals(2, read.mounts().size());
        assertEquals("vdb", read.mounts().getFirst().device().toString());
        assertTrue(read.mounts().getFirst().options().optional());
        assertEquals("label=my data", read.mounts().get(1).device().toString());
        assertEquals("/srv/my data", read.mounts().get(1).path());
        assertEquals("source", read.mounts().get(1).source());
        assertEquals(
                List.of(
                        "source: user-data, line 5: there is no swapping; left out",
                        "source: user-data, line 6: there are no device, path and type; left out",
                        "source: user-data, line 7: an empty field; left out"),
                collected.problems);
    }

    @Test
    void otherModulesAreNamed() {
        read("#cloud-config\npackages: [nginx]\nruncmd: [ls]\n");
        assertEquals(
                List.of("source: user-data, line 2: nothing here knows packages, runcmd; left out"),
                collected.problems);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'#!/bin/sh\necho' | user-data: its first line is not \"#cloud-config\"",
                "'Content-Type: multipart/mixed' | user-data: its first line is not",
                "'#cloud-config\na: [' | user-data, line 2: ",
                "'#cloud-config\n- a' | user-data, line 2: has no names and values",
                "'#cloud-config\nwrite_files: x' | user-data, line 2: is no list",
                "'#cloud-config\ncortado: x' | user-data, line 2: has no names and values",
            })
    void whatIsNoCloudConfigIsLeftOutWithALine(String text, String problem) {
        assertTrue(read(text).isEmpty());
        assertEquals(1, collected.problems.size());
        String said = collected.problems.getFirst();
        assertTrue(said.startsWith("source: " + problem), said);
        assertEquals(1, said.lines().count());
    }

    @Test
    void nothingSaysNothing() {
        assertTrue(read("").isEmpty());
        assertTrue(read("#cloud-config\n").isEmpty());
        assertTrue(read("#cloud-config\nwrite_files:\ncortado:\n").isEmpty());
        assertEquals(List.of(), collected.problems);
    }

    /** They are said again when something is mounted, or the network starts. */
    @Test
    void mountsAndInterfacesHaveNoLinesInThem() {
        BootConfiguration read =
                read("#cloud-config\ncortado: {mounts: [\"/a\\n=:tmpfs\", \"/b=:tmpfs\"]}\n");
        assertEquals(1, read.mounts().size());
        String settings = "\"eth0\u001b:dhcp\" eth1:dhcp";
        NamedSetting.NETWORK.read(settings, "place", collected.configuration);
        assertEquals("eth1:dhcp", collected.interfaces());
        assertEquals(
                List.of(
                        "source: the mount /a? has a control character in it; left out",
                        "source: interface eth0? has a control character in it; left out"),
                collected.problems);
    }

    @Test
    void aBookOfProblemsIsCutShort() {
        BootConfiguration read =
                read("#cloud-config\ncortado: {arguments: '" + "a ".repeat(10_000) + "'}\n");
        assertEquals(Limits.ENTRIES, read.arguments().size());
        assertEquals(257, collected.problems.size());
        assertEquals(
                "source: more is left out, and too much to be said here",
                collected.problems.getLast());
    }

    /** Aliases make thousands of large files of one. */
    @Test
    void manyTimesTheSameFileEndsAtTheLimit() {
        String large = "x".repeat(1 << 19);
        StringBuilder text = new StringBuilder("#cloud-config\nwrite_files:\n");
        text.append("- &f {path: /tmp/a, content: ").append(large).append("}\n");
        text.append("- *f\n".repeat(200));
        long bytes =
                read(text.toString()).files().stream().mapToLong(f -> f.content().length).sum();
        assertEquals(Limits.FILE_BYTES, bytes);
        assertEquals(201 - 16, collected.problems.size());
    }
}
