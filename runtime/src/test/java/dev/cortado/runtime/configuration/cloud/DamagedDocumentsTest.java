package dev.cortado.runtime.configuration.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.configuration.Collected;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Documents in which something is another one: what is left is read, and the rest is told of. */
final class DamagedDocumentsTest {
    private static final int ROUNDS = 1500;

    private static final Map<String, String> DOCUMENTS =
            Map.of(
                    "meta-data",
                    "instance-id: one\nlocal-hostname: host\n",
                    "user-data",
                    """
                    #cloud-config
                    write_files:
                    - {path: /etc/a, content: aGVsbG8=, encoding: b64, permissions: '0600'}
                    - {path: /etc/b, content: &c [text], append: true}
                    mounts: [[vdb, /data, ext4, "defaults,nofail"], [*c]]
                    cortado: {arguments: "a b", properties: {c: d}, environment: {E: f}}
                    """,
                    "network-config",
                    """
                    version: 1
                    config:
                    - {type: physical, name: eth0, mac_address: '00:11:22:33:44:55', subnets:
                       [{type: static, address: 10.0.0.1, netmask: 255.0.0.0, gateway: 10.0.0.2,
                         dns_nameservers: [10.0.0.3], routes: [{network: 0.0.0.0/0}]}]}
                    - {type: nameserver, address: 10.0.0.4}
                    """,
                    "openstack/latest/network_data.json",
                    """
                    {"links": [{"id": "a", "ethernet_mac_address": "00:11:22:33:44:55"}],
                     "networks": [{"link": "a", "type": "ipv4", "ip_address": "10.0.0.1/8"}],
                     "services": [{"type": "dns", "address": "10.0.0.2"}]}
                    """,
                    "openstack/latest/meta_data.json",
                    "{\"uuid\": \"u\", \"meta\": {\"a\": \"b\"}, \"files\": [{\"path\": \"/c/d\","
                            + " \"content_path\": \"/latest/meta_data.json\"}]}");

    private final Random random = new Random(45);

    private byte[] damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(damaged.length());
            int from = random.nextInt(damaged.length());
            switch (random.nextInt(3)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.setCharAt(at, (char) random.nextInt(' ', 0x7f));
                default ->
                        damaged.insert(
                                at, damaged.substring(from, Math.min(from + 9, damaged.length())));
            }
        }
        return damaged.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whateverTheySayItEnds() {
        int said = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Collected collected = new Collected();
            ConfigurationFiles files =
                    (path, most) ->
                            DOCUMENTS.containsKey(path) ? damaged(DOCUMENTS.get(path)) : null;
            NoCloud.read(files, collected.configuration);
            ConfigDrive.read(files, collected.configuration);
            for (String problem : collected.problems) {
                assertTrue(problem.startsWith("source: "), problem);
                assertEquals(1, problem.lines().count(), problem);
            }
            said += collected.problems.size();
        }
        assertTrue(said > ROUNDS, "problems: " + said);
    }
}
