package dev.cortado.runtime.network;

import dev.cortado.runtime.configuration.InterfaceSettings;
import dev.cortado.runtime.configuration.Sourced;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the sources of configuration say of interfaces: it counts where the command line names none.
 * Of several that mean one interface, the first counts.
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
     * What an interface is to have; null if nobody says it.
     *
     * @param problems is told of each item that is no good, and is left out, in one line
     */
    InterfacePlan plan(String name, String macAddress, Consumer<String> problems) {
        InterfacePlan plan = null;
        for (Sourced<InterfaceSettings> each : settings) {
            if (each.value().isFor(name, macAddress)) {
                unused.remove(each);
                plan = plan == null ? plan(name, each, problems) : plan;
            }
        }
        return plan;
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

    /** A line for each that meant no interface. */
    List<String> unused() {
        return unused.stream()
                .map(each -> each.source() + ": there is no interface " + each.value().which())
                .toList();
    }
}
