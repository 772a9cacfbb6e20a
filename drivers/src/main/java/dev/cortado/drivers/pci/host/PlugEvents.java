package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.acpi.AcpiDevice;
import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.event.GeneralEvents;
import dev.cortado.drivers.acpi.event.Notice;
import dev.cortado.drivers.pci.AddressWindow;
import dev.cortado.drivers.pci.PciSlot;
import java.util.List;
import java.util.function.Consumer;

/**
 * What AML says of devices on PCI (ACPI 6.5, 5.6.6 and 6.3): they are looked for, or given away and
 * then ejected.
 */
final class PlugEvents implements GeneralEvents.Listener {
    private final PciBus bus;
    private final PciPlug plug;
    private final Consumer<String> log;

    /**
     * @param log hears of devices that cannot be used, and of AML that fails
     */
    PlugEvents(PciBus bus, Consumer<String> log) {
        this.bus = bus;
        this.log = log;
        plug = new PciPlug(bus, log);
    }

    @Override
    public void heard(AcpiMachine machine, Notice notice) {
        try {
            AcpiDevice device = machine.device(notice.node());
            PlugPlace place = PlugPlace.find(machine, device, bus);
            if (place == null) {
                return; // not of PCI
            }
            if (notice.value() == Notice.EJECT_REQUEST) {
                eject(place, device);
            } else if (notice.value() == Notice.DEVICE_CHECK
                    || notice.value() == Notice.BUS_CHECK) {
                check(machine, place);
            }
        } catch (AmlException | RuntimeException e) {
            // Whatever one device's AML has caused: others still come.
            log.accept(notice.node() + ": " + e);
        }
    }

    private void check(AcpiMachine machine, PlugPlace place) throws AmlException {
        List<AddressWindow> taken = RootWindows.taken(machine);
        for (PciSlot slot : place.slots(bus)) {
            List<AddressWindow> windows =
                    slot.bridge() == null
                            ? RootWindows.of(place.host())
                            : slot.bridge().passedWindows();
            plug.check(slot, windows, taken);
        }
    }

    /** Nothing is ejected that a driver still has: it could write to memory that is another's. */
    private void eject(PlugPlace place, AcpiDevice device) throws AmlException {
        PciSlot slot = place.slot();
        if (slot == null) {
            log.accept(device + ": a bus cannot be ejected");
            return;
        }
        if (!plug.release(slot)) {
            return;
        }
        if (!device.eject()) {
            log.accept(device + ": it is to be ejected, but has no _EJ0");
        }
    }
}
