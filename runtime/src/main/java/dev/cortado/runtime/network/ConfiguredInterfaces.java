package dev.cortado.runtime.network;

import dev.cortado.runtime.configuration.InterfaceSettings;
import dev.cortado.runtime.configuration.Sourced;
import dev.cortado.runtime.configuration.VlanName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the sources of configuration say of interfaces: it counts where the command line names none.
 * Of several that mean one interface, the first counts, and what its source says by the same name.
 */
public final class ConfiguredInterfaces {
    private static volatile List<Sourced<InterfaceSettings>> all = List.of();

    private final List<Sourced<InterfaceSettings>> settings;
    private final List<Sourced<InterfaceSettings>> unused;

    ConfiguredInterfaces(List<Sourced<InterfaceSettings>> settings) {
        this.settings = settings;
        unused = new ArrayList<>(settings);
    }

    /**
     * Before the network is started.
     *
     * @param configured those that count more come first
     */
    public static void set(List<Sourced<InterfaceSettings>> configured) {
        all = List.copyOf(configured);
    }

    /** The machine's. */
    static ConfiguredInterfaces ofMachine() {
        return new ConfiguredInterfaces(all);
    }

    /**
     * What an interface is to have, or a VLAN on it; null if nobody says it.
     *
     * @param vlan 0 for the interface itself
     * @param problems is told of each item that is no good, and is left out, in one line
     */
    InterfacePlan plan(String parent, String macAddress, int vlan, Consumer<String> problems) {
        String name = new VlanName(parent, vlan).toString();
        InterfacePlan plan = null;
        Sourced<InterfaceSettings> first = null;
        for (Sourced<InterfaceSettings> each : settings) {
            if (each.value().isFor(parent, macAddress, vlan)) {
                unused.remove(each);
                if (plan == null) {
                    first = each;
                    plan = plan(name, each, problems);
                } else if (isMore(first, each)) {
                    plan.add(plan(name, each, problems));
                }
            }
        }
        return plan;
    }

    /** Whether a source goes on with what it has said, as words of the command line may. */
    private static boolean isMore(
            Sourced<InterfaceSettings> first, Sourced<InterfaceSettings> other) {
        return first.source().equals(other.source())
                && first.value().which().equals(other.value().which());
    }

    private static InterfacePlan plan(
            String name, Sourced<InterfaceSettings> configured, Consumer<String> problems) {
        InterfacePlan plan = new InterfacePlan(configured.source());
        for (String item : configured.value().items()) {
            try {
                InterfaceItems.read(plan, item);
            } catch (IllegalArgumentException e) {
                problems.accept(
                        configured.source() + ": " + name + ": " + e.getMessage() + "; left out");
            }
        }
        return plan;
    }

    /** The numbers of the VLANs that somebody wants on an interface. */
    List<Integer> vlans(String name, String macAddress) {
        return settings.stream()
                .map(Sourced::value)
                .filter(each -> each.vlan() != 0 && each.isOn(name, macAddress))
                .map(InterfaceSettings::vlan)
                .toList();
    }

    /** A line for each that meant no interface. */
    List<String> unused() {
        return unused.stream()
                .map(each -> each.source() + ": there is no interface " + each.value().which())
                .toList();
    }
}
