package dev.cortado.drivers.acpi;

import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlInteger;
import dev.cortado.drivers.acpi.aml.AmlObject;
import dev.cortado.drivers.acpi.aml.AmlPackage;
import dev.cortado.drivers.acpi.aml.AmlReference;
import dev.cortado.drivers.acpi.aml.AmlString;
import dev.cortado.drivers.acpi.aml.NamespaceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the interrupt pins of the devices on one PCI bus go: _PRT of the bus's bridge (ACPI 6.5,
 * 6.2.13). What is behind a bridge without _PRT arrives at one of that bridge's own pins (PCI to
 * PCI Bridge Architecture 1.2, 9.1), which is the caller's to work out.
 */
public final class PciRouting {
    private static final String NAME = "_PRT";

    /** Elements of a mapping (table 6.14). */
    private static final int ADDRESS = 0;

    private static final int PIN = 1;
    private static final int SOURCE = 2;
    private static final int SOURCE_INDEX = 3;

    private static final int PINS = 4;
    private static final int DEVICES = 32;

    private final List<Route> routes;

    private PciRouting(List<Route> routes) {
        this.routes = routes;
    }

    /**
     * One mapping, of all functions of a device.
     *
     * @param device 0 to 31
     * @param pin 0 for INTA to 3 for INTD
     * @param link what chooses the interrupt; null if it cannot be chosen
     * @param interrupt the global system interrupt; of a link, which of its resources
     */
    public record Route(int device, int pin, InterruptLink link, int interrupt) {}

    /**
     * @return empty if the bridge has no table
     */
    public static Optional<PciRouting> of(AcpiDevice bridge) throws AmlException {
        Evaluation evaluation = bridge.evaluation();
        NamespaceNode node = bridge.node();
        AmlPackage table = evaluation.elements(node, NAME);
        if (table == null) {
            return Optional.empty();
        }
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < table.length(); i++) {
            // A table may have room for more than it has.
            if (table.get(i) != null) {
                routes.add(route(evaluation, node, table, i));
            }
        }
        return Optional.of(new PciRouting(List.copyOf(routes)));
    }

    private static Route route(
            Evaluation evaluation, NamespaceNode node, AmlPackage table, int index)
            throws AmlException {
        AmlObject element = evaluation.element(table, index, node, NAME);
        if (!(element instanceof AmlPackage mapping)) {
            throw Evaluation.unexpected(node, NAME, element);
        }
        long device = evaluation.integer(mapping, ADDRESS, node, NAME) >>> Short.SIZE;
        long pin = evaluation.integer(mapping, PIN, node, NAME);
        if (device >= DEVICES || pin < 0 || pin >= PINS) {
            throw new AmlException(
                    node.path() + " " + NAME + " has device " + device + ", pin " + pin);
        }
        AmlObject source = evaluation.element(mapping, SOURCE, node, NAME);
        int interrupt = (int) evaluation.integer(mapping, SOURCE_INDEX, node, NAME);
        return new Route((int) device, (int) pin, link(evaluation, node, source), interrupt);
    }

    /** The number 0 stands for none. */
    private static InterruptLink link(Evaluation evaluation, NamespaceNode node, AmlObject source)
            throws AmlException {
        NamespaceNode target =
                switch (source) {
                    case AmlInteger _ -> null;
                    case AmlReference reference -> reference.node();
                    case AmlString name -> evaluation.interpreter().find(node, name.text());
                    default -> throw Evaluation.unexpected(node, NAME, source);
                };
        if (target == null && !(source instanceof AmlInteger)) {
            throw new AmlException(node.path() + " " + NAME + " names no link: " + source);
        }
        return target == null ? null : new InterruptLink(new AcpiDevice(evaluation, target));
    }

    public List<Route> routes() {
        return routes;
    }

    /**
     * @param device 0 to 31
     * @param pin 0 for INTA to 3 for INTD; the register Interrupt Pin has one more
     */
    public Optional<Route> route(int device, int pin) {
        return routes.stream()
                .filter(route -> route.device() == device && route.pin() == pin)
                .findFirst();
    }

    /** The interrupt at the end of a route, which a link is told to use if it uses none yet. */
    public static PinInterrupt interrupt(Route route) throws AmlException {
        return route.link() == null
                ? new PinInterrupt(route.interrupt(), true, true)
                : route.link().interrupt(route.interrupt());
    }
}
