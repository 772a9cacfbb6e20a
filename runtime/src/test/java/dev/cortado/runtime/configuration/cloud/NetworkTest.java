package dev.cortado.runtime.configuration.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.configuration.Collected;
import dev.cortado.runtime.configuration.yaml.YamlDocument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks as clouds describe them. */
final class NetworkTest {
    private final Collected collected = new Collected();

    private String read(String text) {
        collected.configuration.attempt(() ->
                NetworkConfiguration.read(
                        YamlDocument.parse(text, "net"), collected.configuration));
        return collected.interfaces();
    }

    /** After cloud-init's documentation, network configuration version 1. */
    @Test
    void version1HasPhysicalInterfaces() {
        String interfaces =
                read(
                        """
                        network:
                          version: 1
                          config:
                          - type: physical
                            name: interface0
                            mac_address: '00:11:22:33:44:55'
                            mtu: 1500
                            subnets:
                            - type: static
                              address: 192.168.23.14/27
                              gateway: 192.168.23.1
                              dns_nameservers:
                              - 192.168.23.2
                              - 8.8.8.8
                              dns_search:
                              - exemplary.maas
                          - type: physical
                            name: eth1
                            subnets:
                            - type: dhcp4
                            - {type: static6, address: 'fd00::2', netmask: 'ffff:ffff:ffff:ffff::'}
                            - {type: static, address: 10.0.0.5, netmask: 255.255.252.0}
                            - {type: manual, routes: [{network: 0.0.0.0, netmask: 0.0.0.0,
                               gateway: 10.0.0.1}]}
                          - type: nameserver
                            address: [192.168.23.3]
                            search: example.org
                        """);
        assertEquals(
                "00:11:22:33:44:55:192.168.23.14/27,gateway=192.168.23.1,dns=192.168.23.2,"
                        + "dns=8.8.8.8,search=exemplary.maas,dns=192.168.23.3,search=example.org"
                        + " eth1:dhcp,fd00::2/64,10.0.0.5/22,gateway=10.0.0.1",
                interfaces.replace("interface0", "00:11:22:33:44:55"));
        assertEquals("00:11:22:33:44:55", collected.build().interfaces().getFirst().macAddress());
        assertEquals(List.of(), collected.problems);
    }

    /** After cloud-init's documentation, network configuration version 2. */
    @Test
    void version2HasEthernets() {
        String interfaces =
                read(
                        """
                        version: 2
                        ethernets:
                          id0:
                            match:
                              macaddress: '00:11:22:33:44:AA'
                            wakeonlan: true
                            dhcp4: true
                          id1:
                            match: {name: eth*}
                            addresses: [192.168.14.2/24, '2001:1::1/64']
                            gateway4: 192.168.14.1
                            gateway6: '2001:1::2'
                            nameservers:
                              search: [foo.local, bar.local]
                              addresses: [8.8.8.8]
                          eth7:
                            addresses:
                            - 10.0.0.1/8: {label: maas}
                            routes:
                            - {to: default, via: 10.0.0.2, metric: 3}
                            - {to: 0.0.0.0/0, via: 11.0.0.1}
                            - {to: 10.2.0.0/16, via: 10.0.0.3}
                        """);
        assertEquals(
                "00:11:22:33:44:aa:dhcp"
                        + " eth*:192.168.14.2/24,2001:1::1/64,gateway=192.168.14.1,"
                        + "gateway=2001:1::2,dns=8.8.8.8,search=foo.local,search=bar.local"
                        + " eth7:10.0.0.1/8,gateway=10.0.0.2,gateway=11.0.0.1,"
                        + "route=10.2.0.0/16@10.0.0.3",
                interfaces);
        assertEquals(List.of(), collected.problems);
    }

    /** After Netplan's reference; where the VLANs are does not matter. */
    @Test
    void version2HasVlans() {
        String interfaces =
                read(
                        """
                        version: 2
                        vlans:
                          office: {id: 15, link: id0, addresses: [10.3.0.5/24], gateway4: 10.3.0.1}
                          eth7.4094: {id: 4094, link: eth7, dhcp4: true}
                        ethernets:
                          id0:
                            match: {macaddress: '00:11:22:33:44:AA'}
                            dhcp4: true
                          eth7: {}
                        """);
        assertEquals(
                "00:11:22:33:44:aa.15:10.3.0.5/24,gateway=10.3.0.1 eth7.4094:dhcp"
                        + " 00:11:22:33:44:aa:dhcp eth7:",
                interfaces);
        assertEquals(List.of(), collected.problems);
    }

    /** After cloud-init's documentation, network configuration version 1. */
    @Test
    void version1HasVlans() {
        String interfaces =
                read(
                        """
                        version: 1
                        config:
                        - {type: physical, name: eth0, mac_address: 'c0:d6:9f:2c:e8:80'}
                        - type: vlan
                          name: eth0.111
                          vlan_link: eth0
                          vlan_id: 111
                          mac_address: 'C0:D6:9F:2C:E8:80'
                          subnets: [{type: static, address: 10.0.111.2/24}]
                        """);
        assertEquals("eth0: eth0.111:10.0.111.2/24", interfaces);
        assertEquals(List.of(), collected.problems);
    }

    /** After OpenStack's documentation of network_data.json. */
    @Test
    void openStackHasVlans() {
        String text =
                """
                {"links": [
                  {"ethernet_mac_address": "fa:16:3e:9c:bf:3d", "id": "tap0", "type": "phy"},
                  {"id": "vlan0", "type": "vlan", "vlan_link": "tap0", "vlan_id": 101,
                   "vlan_mac_address": "fa:16:3e:9c:bf:3d"},
                  {"id": "vlan1", "type": "vlan", "vlan_link": "tap0", "vlan_id": 102,
                   "vlan_mac_address": "fa:16:3e:9c:bf:3e"}],
                 "networks": [{"id": "a", "link": "vlan0", "type": "ipv4_dhcp"}]}
                """;
        collected.configuration.attempt(
                () -> NetworkData.read(YamlDocument.parse(text, "net"), collected.configuration));
        assertEquals("fa:16:3e:9c:bf:3d: fa:16:3e:9c:bf:3d.101:dhcp", collected.interfaces());
        assertEquals(1, collected.problems.size());
        assertTrue(
                collected.problems.getFirst().contains("another MAC address than its link's"),
                collected.problems.getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{version: 2, vlans: {v: {id: 5, link: e}}}' | a VLAN on the link \"e\"",
                "'{version: 2, vlans: {v: {id: 5}}}' | a VLAN on the link \"null\"",
                "'{version: 1, config: [{type: vlan, vlan_link: e, vlan_id: 5}]}'"
                        + " | a VLAN on the link \"e\"",
                "'{}' | net, line 1: a network without a version",
                "'version: 3' | net, line 1: a network of version 3",
                "'version: 1' | net, line 1: a network of version 1 without \"config\"",
                "'{version: 1, config: [{type: bond, name: b}]}' | an interface of type \"bond\"",
                "'{version: 1, config: [{type: physical}]}' | an interface without a name",
                "'{version: 1, config: [{type: physical, mac_address: x}]}' | \"x\" is no MAC",
                "'{version: 1, config: [{type: nameserver, address: 1.1.1.1}]}'"
                        + " | name servers without an interface",
                "'{version: 2, bonds: {b: {}}}' | there are no bonds",
                "'{version: 2, ethernets: {a: {match: {driver: x}}}}' | an interface without",
                "'{version: 2, ethernets: {a: x}}' | has no names and values",
            })
    void whatCannotBeIsLeftOut(String text, String problem) {
        assertEquals("", read(text));
        assertEquals(1, collected.problems.size());
        assertTrue(collected.problems.getFirst().contains(problem), collected.problems.getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: static | a static subnet without an address",
                "{type: static, address: 10.0.0.1} | \"10.0.0.1\" has no prefix",
                "{type: static, address: 10.0.0.1, netmask: 255.0.255.0} | is no netmask",
                "{type: static, address: 10.0.0.1, netmask: many} | \"many\" is no netmask",
                "{type: dhcp7} | a subnet of type \"dhcp7\"",
                "{type: manual, routes: [{network: 10.0.0.0, gateway: 1.1.1.1}]}"
                        + " | a route to 10.0.0.0, which has neither prefix nor netmask",
                "{type: manual, routes: [{network: 10.0.0.0/8}]} | a route without destination",
            })
    void aSubnetThatCannotBeLeavesTheOthers(String subnet, String problem) {
        String head = "version: 1\nconfig:\n- type: physical\n  name: eth0\n  subnets:\n";
        assertEquals("eth0:dhcp", read(head + "  - type: dhcp\n  - " + subnet + "\n"));
        assertEquals(1, collected.problems.size());
        assertTrue(collected.problems.getFirst().contains(problem), collected.problems.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4095", "x", "-1", "5.6", "99999999999"})
    void aVlansNumberIsFrom1To4094(String number) {
        String ethernets = "ethernets: {e: {dhcp4: true}}";
        assertEquals(
                "e:dhcp",
                read(
                        "{version: 2, %s, vlans: {v: {link: e, id: '%s'}}}"
                                .formatted(ethernets, number)));
        assertEquals(
                List.of(
                        "source: net, line 1: \""
                                + number
                                + "\" is no number of a VLAN, from 1 to 4094; left out"),
                collected.problems);
    }

    /** A short text, said again and again, may become any number of servers. */
    @Test
    void anInterfaceHasSoMuchAndNoMore() {
        String servers = "1.1.1.1 ".repeat(600);
        read(
                "{version: 2, ethernets: {eth0: {dhcp4: yes, nameservers: {addresses: [&s '%s', *s]}}}}"
                        .formatted(servers));
        assertEquals(
                List.of(
                        "source: interface eth0: more than 1024 addresses, routes and the like;"
                                + " left out"),
                collected.problems);
    }

    @Test
    void anotherMtuIsSaid() {
        assertEquals("eth0:dhcp", read("{version: 2, ethernets: {eth0: {dhcp4: yes, mtu: 9000}}}"));
        assertEquals(
                List.of("source: net, line 1: an MTU of 9000: it is the device's; left out"),
                collected.problems);
    }

    /** After OpenStack's documentation of network_data.json. */
    @Test
    void openStackHasLinksAndNetworks() {
        String text =
                """
                {"links": [
                  {"ethernet_mac_address": "fa:16:3e:9c:bf:3d", "id": "interface0",
                   "mtu": null, "type": "bridge", "vif_id": "cd9f6d46"},
                  {"ethernet_mac_address": "FA:16:3E:D4:57:AD", "id": "interface2", "mtu": 1500,
                   "type": "phy"}],
                 "networks": [
                  {"id": "network0", "link": "interface0", "network_id": "da5bb487",
                   "type": "ipv4_dhcp"},
                  {"id": "publicnet-ipv4", "link": "interface2", "type": "ipv4",
                   "ip_address": "23.253.157.244", "netmask": "255.255.255.0",
                   "dns_nameservers": ["69.20.0.164"],
                   "routes": [{"network": "10.0.0.0", "netmask": "255.0.0.0",
                               "gateway": "11.0.0.1"},
                              {"network": "0.0.0.0", "netmask": "0.0.0.0",
                               "gateway": "23.253.157.1"}],
                   "services": [{"type": "dns", "address": "69.20.0.196"}]},
                  {"id": "private6", "link": "interface2", "type": "ipv6",
                   "ip_address": "2001:cdba::3257:9652/24",
                   "routes": [{"network": "::", "netmask": "::", "gateway": "fd00::1"}]},
                  {"id": "lost", "link": "nowhere", "type": "ipv4"}],
                 "services": [{"address": "8.8.8.8", "type": "dns"}]}
                """;
        collected.configuration.attempt(
                () -> NetworkData.read(YamlDocument.parse(text, "net"), collected.configuration));
        assertEquals(
                "fa:16:3e:9c:bf:3d:dhcp,dns=8.8.8.8"
                        + " fa:16:3e:d4:57:ad:23.253.157.244/24,route=10.0.0.0/8@11.0.0.1,gateway=23.253.157.1,"
                        + "dns=69.20.0.164,dns=69.20.0.196,2001:cdba::3257:9652/24,gateway=fd00::1",
                collected.interfaces());
        assertEquals(
                List.of(
                        "source: net, line 20: a network on the link \"nowhere\", which is not"
                                + " there; left out"),
                collected.problems);
    }
}
