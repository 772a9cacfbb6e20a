package dev.cortado.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.runtime.configuration.InterfaceSettings;
import dev.cortado.runtime.configuration.Sourced;
import dev.cortado.runtime.net.wire.EthernetFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfiguredInterfacesTest {
    private static final String MAC = EthernetFrame.toString(0x5254_0012_34abL);

    private final List<String> problems = new ArrayList<>();

    private static Sourced<InterfaceSettings> say(
            String source, String name, String mac, String... items) {
        return new Sourced<>(new InterfaceSettings(name, mac, 0, List.of(items)), source);
    }

    @Test
    void theFirstThatMeansAnInterfaceCounts() {
        ConfiguredInterfaces configured =
                new ConfiguredInterfaces(
                        List.of(
                                say("fw_cfg", "eth1", null, "dhcp"),
                                say(
                                        "NoCloud",
                                        null,
                                        "52:54:00:12:34:ab",
                                        "10.0.2.15/24",
                                        "dns=::1"),
                                say("OVF", "eth0", null, "10.0.2.16/24"),
                                say("OVF", "ens3", null, "dhcp")));
        InterfacePlan plan = configured.plan("eth0", MAC, 0, problems::add);
        assertEquals("[10.0.2.15/24]", plan.addresses.toString());
        assertEquals("NoCloud", plan.source(plan.addresses.getFirst()));
        assertNull(configured.plan("eth2", "52:54:00:12:34:57", 0, problems::add));
        assertEquals(
                List.of("fw_cfg: there is no interface eth1", "OVF: there is no interface ens3"),
                configured.unused());
        assertEquals(List.of(), problems);
    }

    @Test
    void aVlanIsOnAnInterfaceOfThatNameOrAddress() {
        ConfiguredInterfaces configured =
                new ConfiguredInterfaces(
                        List.of(
                                vlan("eth0", null, 5, "10.0.5.2/24"),
                                vlan(null, MAC, 6, "10.0.6.2/24"),
                                vlan("eth1", null, 7, "10.0.7.2/24"),
                                say("fw_cfg", "eth0", null, "10.0.0.2/24")));
        assertEquals(List.of(5, 6), configured.vlans("eth0", MAC));
        for (int vlan : new int[] {0, 5, 6}) {
            InterfacePlan plan = configured.plan("eth0", MAC, vlan, problems::add);
            assertEquals("[10.0." + vlan + ".2/24]", plan.addresses.toString());
        }
        assertNull(configured.plan("eth0", MAC, 7, problems::add));
        assertEquals(List.of("fw_cfg: there is no interface eth1.7"), configured.unused());
    }

    private static Sourced<InterfaceSettings> vlan(
            String name, String mac, int vlan, String... items) {
        return new Sourced<>(new InterfaceSettings(name, mac, vlan, List.of(items)), "fw_cfg");
    }

    @Test
    void aSourceMaySayAnInterfaceInParts() {
        ConfiguredInterfaces configured =
                new ConfiguredInterfaces(
                        List.of(
                                say("fw_cfg", "eth0", null, "10.0.2.15/24"),
                                say("fw_cfg", "eth0", null, "gateway=10.0.2.2"),
                                say("fw_cfg", "eth*", null, "dhcp"),
                                say("NoCloud", "eth0", null, "10.0.2.16/24")));
        InterfacePlan plan = configured.plan("eth0", MAC, 0, problems::add);
        assertEquals("[10.0.2.15/24]", plan.addresses.toString());
        assertEquals("[10.0.2.2]", plan.gateways.toString());
        assertFalse(plan.dhcp);
    }

    @Test
    void whatIsNoGoodIsNamedAndLeftOut() {
        ConfiguredInterfaces configured =
                new ConfiguredInterfaces(
                        List.of(say("NoCloud", "eth0", null, "10.0.2.15/33", "gateway=10.0.2.2")));
        InterfaceWords words = new InterfaceWords(List.of(), problems::add);
        words.otherwise("eth0", configured.plan("eth0", MAC, 0, problems::add));
        InterfacePlan plan = words.plan("eth0", List.of());
        assertEquals("[]", plan.addresses.toString());
        assertEquals(
                List.of(
                        "NoCloud: eth0: \"10.0.2.15/33\" has a prefix that is not from 1 to 32;"
                                + " left out",
                        "NoCloud: eth0: \"gateway=10.0.2.2\" is in no network of its addresses;"
                                + " left out"),
                problems);
    }

    @Test
    void theCommandLineCountsMoreAndTheHostLess() {
        InterfaceWords words =
                new InterfaceWords(List.of(KernelWords.NETWORK + "eth0:dhcp"), problems::add);
        ConfiguredInterfaces configured =
                new ConfiguredInterfaces(List.of(say("NoCloud", "eth*", null, "10.0.2.15/24")));
        words.otherwise("eth0", configured.plan("eth0", MAC, 0, problems::add));
        words.otherwise("eth1", configured.plan("eth1", MAC, 0, problems::add));
        assertEquals("[]", words.plan("eth0", List.of()).addresses.toString());
        InterfacePlan plan = words.plan("eth1", List.of("10.0.2.16/24", "fd00::2/64"));
        assertEquals("[10.0.2.15/24, fd00::2/64]", plan.addresses.toString());
        assertEquals("NoCloud", plan.source(plan.addresses.getFirst()));
        assertEquals("host", plan.source(plan.addresses.getLast()));
        assertEquals(List.of(), configured.unused());
    }
}
