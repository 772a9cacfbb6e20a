package dev.cortado.runtime.configuration.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.configuration.Collected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is found in files, and in variables. */
final class MediaTest {
    private final Collected collected = new Collected();
    private final Map<String, String> content = new HashMap<>();

    private byte[] read(String path, int mostBytes) throws IOException {
        String text = content.get(path);
        if (text == null) {
            return null;
        }
        if (text.equals("broken") || text.length() > mostBytes) {
            throw new IOException("a bad sector");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void noCloudHasThreeFiles() {
        content.put("meta-data", "instance-id: iid-local01\nlocal-hostname: cloudimg\n");
        content.put("user-data", "#cloud-config\ncortado: {arguments: [a]}\n");
        content.put("network-config", "{version: 2, ethernets: {eth0: {dhcp4: true}}}");
        NoCloud.read(this::read, collected.configuration);
        BootConfiguration read = collected.build();
        assertEquals(List.of("a"), read.arguments());
        assertEquals("eth0:dhcp", collected.interfaces());
        assertEquals(
                Map.of("cortado.instance-id", "iid-local01", "cortado.local-hostname", "cloudimg"),
                read.properties());
        assertEquals(List.of(), collected.problems);
    }

    @Test
    void whatCannotBeReadLeavesTheRest() {
        content.put("meta-data", "broken");
        content.put("user-data", "#cloud-config\ncortado: {arguments: [a]}\n");
        content.put("network-config", "]");
        NoCloud.read(this::read, collected.configuration);
        assertEquals(List.of("a"), collected.build().arguments());
        assertEquals(2, collected.problems.size());
        assertEquals("source: meta-data: a bad sector; left out", collected.problems.getFirst());
        assertTrue(collected.problems.getLast().startsWith("source: network-config, line 1: "));
    }

    @Test
    void anEmptyMediumSaysNothing() {
        content.put("meta-data", "");
        content.put("user-data", "");
        NoCloud.read(this::read, collected.configuration);
        ConfigDrive.read(this::read, collected.configuration);
        assertTrue(collected.build().isEmpty());
        assertEquals(List.of(), collected.problems);
    }

    /** After OpenStack's documentation of the config drive. */
    @Test
    void aConfigDriveHasMetadataNetworkUserDataAndFiles() {
        content.put(
                "openstack/latest/meta_data.json",
                """
                {"random_seed": "yu5ZnkqF", "uuid": "d8e02d56", "availability_zone": "nova",
                 "hostname": "test.novalocal", "launch_index": 0,
                 "meta": {"role": "web", "cortado.arguments": "one two", "priority": "low"},
                 "files": [{"path": "/etc/motd", "content_path": "/content/0000"},
                           {"path": "/etc/lost", "content_path": "/content/0001"},
                           {"path": "/etc/wrong"}]}
                """);
        content.put("openstack/content/0000", "welcome");
        content.put("openstack/latest/user_data", "#cloud-config\nwrite_files: [{path: /tmp/a}]\n");
        content.put(
                "openstack/latest/network_data.json",
                """
                {"links": [{"id": "l", "ethernet_mac_address": "fa:16:3e:9c:bf:3d"}],
                 "networks": [{"id": "n", "link": "l", "type": "ipv4_dhcp"}]}
                """);
        ConfigDrive.read(this::read, collected.configuration);
        BootConfiguration read = collected.build();
        assertEquals(List.of("one", "two"), read.arguments());
        assertEquals(
                Map.of(
                        "cortado.instance-id", "d8e02d56",
                        "cortado.local-hostname", "test.novalocal",
                        "role", "web",
                        "priority", "low"),
                read.properties());
        assertEquals("/etc/motd", read.files().getFirst().path());
        assertEquals("/tmp/a", read.files().getLast().path());
        assertEquals("fa:16:3e:9c:bf:3d:dhcp", collected.interfaces());
        assertEquals(
                List.of(
                        "source: openstack/latest/meta_data.json, line 5: /etc/lost: there is no"
                                + " openstack/content/0001; left out",
                        "source: openstack/latest/meta_data.json, line 6: a file without path or"
                                + " content_path; left out"),
                collected.problems);
    }

    private byte[] value(String name) throws IOException {
        return read(name, Integer.MAX_VALUE);
    }

    /** After cloud-init's documentation, data source VMware. */
    @Test
    void guestInformationIsWrapped() {
        content.put(
                "guestinfo.metadata",
                "aW5zdGFuY2UtaWQ6IGNsb3VkLXZtCmxvY2FsLWhvc3RuYW1lOiBjbG91ZC12bQpuZXR3b3JrOgogIHZl"
                        + "cnNpb246IDIKICBldGhlcm5ldHM6CiAgICBuaWNzOgogICAgICBtYXRjaDoKICAgICAgICBu"
                        + "YW1lOiBldGgqCiAgICAgIGRoY3A0OiB5ZXMK");
        content.put("guestinfo.metadata.encoding", "base64");
        content.put("guestinfo.userdata", "#cloud-config\ncortado: {arguments: [a]}");
        content.put("guestinfo.cortado.environment", "A=b");
        GuestInformation.read(this::value, collected.configuration);
        assertEquals(List.of(), collected.problems);
        assertEquals("eth*:dhcp", collected.interfaces());
        assertEquals(List.of("a"), collected.build().arguments());
        assertEquals(Map.of("A", "b"), collected.build().environment());
        assertEquals("cloud-vm", collected.build().properties().get("cortado.instance-id"));
    }

    @Test
    void theNetworkOfGuestInformationMayBeWrappedOnceMore() {
        content.put(
                "guestinfo.metadata",
                "{\"network\": \"e3ZlcnNpb246IDIsIGV0aGVybmV0czoge2V0aDA6IHtkaGNwNDogeWVzfX19\","
                        + " \"network.encoding\": \"base64\"}");
        GuestInformation.read(this::value, collected.configuration);
        assertEquals(List.of(), collected.problems);
        assertEquals("eth0:dhcp", collected.interfaces());
    }

    @Test
    void aNetworkThatIsNotWrappedAsItSaysIsNamed() {
        content.put("guestinfo.metadata", "{\"network\": \"***\", \"network.encoding\": \"b64\"}");
        GuestInformation.read(this::value, collected.configuration);
        assertEquals(
                List.of("source: guestinfo.metadata, network: it is no base64; left out"),
                collected.problems);
    }

    /** After cloud-init's data source VMware, which so redacts what it has read. */
    @Test
    void variablesThatAreClearedSayNothing() {
        content.put("guestinfo.metadata", "---");
        content.put("guestinfo.metadata.encoding", "base64");
        content.put("guestinfo.userdata", "---\n");
        GuestInformation.read(this::value, collected.configuration);
        assertEquals(List.of(), collected.problems);
        assertTrue(collected.build().isEmpty());
    }

    @Test
    void variablesThatAreNoGoodAreNamed() {
        content.put("guestinfo.metadata", "***");
        content.put("guestinfo.metadata.encoding", "base64");
        content.put("guestinfo.userdata", "broken");
        content.put("guestinfo.cortado.network", "eth0");
        content.put("guestinfo.cortado.arguments", "\"endless");
        GuestInformation.read(this::value, collected.configuration);
        assertEquals(
                List.of(
                        "source: guestinfo.metadata: it is no base64; left out",
                        "source: a bad sector; left out",
                        "source: guestinfo.cortado.arguments: a quote has no end; left out",
                        "source: guestinfo.cortado.network: \"eth0\" is no interface, a colon and"
                                + " what it is to have, such as eth0:dhcp; left out"),
                collected.problems);
        assertTrue(collected.build().isEmpty());
    }
}
