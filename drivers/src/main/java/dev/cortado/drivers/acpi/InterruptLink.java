package dev.cortado.drivers.acpi;

import dev.cortado.drivers.acpi.aml.AmlBuffer;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.resource.Interrupts;
import dev.cortado.drivers.acpi.resource.Resource;
import dev.cortado.drivers.acpi.resource.ResourceTemplate;
import java.util.ArrayList;
import java.util.List;

/**
 * A PCI interrupt link device, PNP0C0F: a switch between pins and interrupts (ACPI 6.5, 6.2.13).
 */
public final class InterruptLink {
    private final AcpiDevice device;

    InterruptLink(AcpiDevice device) {
        this.device = device;
    }

    public AcpiDevice device() {
        return device;
    }

    /** What it may be told to use (_PRS), as one choice each. */
    public List<Interrupts> possible() throws AmlException {
        List<Interrupts> choices = new ArrayList<>();
        for (Interrupts interrupts : interrupts(device.possibleResources())) {
            interrupts.numbers().forEach(number -> choices.add(interrupts.only(number)));
        }
        return choices;
    }

    /** What it uses now (_CRS); a number that is none of the possible ones means nothing. */
    public List<Interrupts> current() throws AmlException {
        return interrupts(device.resources());
    }

    private static List<Interrupts> interrupts(List<Resource> resources) {
        return resources.stream()
                .filter(Interrupts.class::isInstance)
                .map(Interrupts.class::cast)
                .toList();
    }

    /** Tells it what to use (_SRS, 6.2.16). */
    public void use(Interrupts choice) throws AmlException {
        byte[] template = ResourceTemplate.encode(choice);
        device.evaluation().object(device.node(), "_SRS", new AmlBuffer(template));
    }

    /**
     * The interrupt that it uses; the first possible one if it does not use any.
     *
     * @param index which of its resources, of those that are interrupts
     */
    PinInterrupt interrupt(int index) throws AmlException {
        List<Interrupts> possible = possible();
        List<Interrupts> current = current();
        Interrupts used = index >= 0 && index < current.size() ? current.get(index) : null;
        if (used == null || !isPossible(used, possible)) {
            if (possible.isEmpty()) {
                throw new AmlException(device + " has no interrupt to use");
            }
            used = possible.getFirst();
            use(used);
        }
        return new PinInterrupt(used.numbers().getFirst(), used.isLevel(), used.isLow());
    }

    /** Without _PRS it cannot be told, and what it uses holds; 0 is how firmware says none. */
    private static boolean isPossible(Interrupts used, List<Interrupts> possible) {
        if (used.numbers().isEmpty()) {
            return false;
        }
        int number = used.numbers().getFirst();
        return possible.isEmpty()
                ? number != 0
                : possible.stream().anyMatch(choice -> choice.numbers().contains(number));
    }
}
