package dev.cortado.drivers.acpi;

import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlHost;
import dev.cortado.drivers.acpi.aml.AmlInteger;
import dev.cortado.drivers.acpi.aml.AmlInterpreter;
import dev.cortado.drivers.acpi.aml.AmlLimits;
import dev.cortado.drivers.acpi.aml.AmlPackage;
import dev.cortado.drivers.acpi.aml.NamespaceNode;
import dev.cortado.drivers.acpi.aml.ObjectType;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * A machine as its DSDT and SSDTs describe it. One device that is described wrongly costs no other
 * one: what was wrong is collected in {@link #problems()}.
 */
public final class AcpiMachine {
    /** Operating system's argument of _PIC (ACPI 6.5, 5.8.1): I/O APICs take the interrupts. */
    private static final int IO_APIC_MODEL = 1;

    /** Arguments of _REG (6.5.4): the address space PCI_Config can be reached. */
    private static final int PCI_CONFIG = 2;

    private static final int CONNECT = 1;

    /** The device of the Virtual Machine Generation ID (Microsoft's specification of 2012). */
    private static final String GENERATION_ID = "VM_Gen_Counter";

    private static final int MAXIMUM_PROBLEMS = 64;

    private final Evaluation evaluation;
    private final List<AmlException> problems = new ArrayList<>();
    private final List<AcpiDevice> devices = new ArrayList<>();

    private AcpiMachine(AmlInterpreter interpreter) {
        evaluation = new Evaluation(interpreter);
    }

    /**
     * Loads the tables, tells them that interrupts go to I/O APICs, initialises the devices, and
     * lists those that are there.
     *
     * @param tables the DSDT and then the SSDTs, whole
     * @throws AmlException if the DSDT cannot be loaded; an SSDT that cannot is a problem only
     */
    public static AcpiMachine load(
            List<byte[]> tables, RegionAccess access, AmlHost host, AmlLimits limits)
            throws AmlException {
        AmlInterpreter interpreter = new AmlInterpreter(access, host, limits);
        AcpiMachine machine = new AcpiMachine(interpreter);
        for (int i = 0; i < tables.size(); i++) {
            try {
                interpreter.load(tables.get(i)).forEach(machine::note);
            } catch (AmlException e) {
                if (i == 0) {
                    throw e;
                }
                machine.note(e);
            }
        }
        machine.start();
        return machine;
    }

    private void note(AmlException problem) {
        if (problems.size() < MAXIMUM_PROBLEMS) {
            problems.add(problem);
        }
    }

    private void start() {
        NamespaceNode root = evaluation.interpreter().root();
        run(root, "_PIC", IO_APIC_MODEL);
        run(root, "_INI");
        run(root.child("_SB"), "_INI");
        Deque<NamespaceNode> left = new ArrayDeque<>(root.children());
        while (!left.isEmpty()) {
            NamespaceNode node = left.pop();
            if (visit(node)) {
                node.children().reversed().forEach(left::push);
            }
        }
    }

    /**
     * Initialises a device (6.5.1), and lists it.
     *
     * @return whether to go on below it
     */
    private boolean visit(NamespaceNode node) {
        if (node.type() != ObjectType.DEVICE) {
            // Devices are in other scopes, too, and never in a value.
            return node.type() != ObjectType.METHOD;
        }
        AcpiDevice device = new AcpiDevice(evaluation, node);
        try {
            if (device.isPresent()) {
                run(node, "_REG", PCI_CONFIG, CONNECT);
                run(node, "_INI");
                devices.add(device);
                return true;
            }
            return device.mayHaveChildren();
        } catch (AmlException e) {
            note(e);
            return true;
        }
    }

    private void run(NamespaceNode scope, String name, long... arguments) {
        AmlInteger[] values = new AmlInteger[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = new AmlInteger(arguments[i]);
        }
        try {
            evaluation.object(scope, name, values);
        } catch (AmlException e) {
            note(e);
        }
    }

    /** What was wrong so far, up to some number. */
    public List<AmlException> problems() {
        return List.copyOf(problems);
    }

    public AmlInterpreter interpreter() {
        return evaluation.interpreter();
    }

    /** Those that were present when this was loaded, each behind the one that it is below. */
    public List<AcpiDevice> devices() {
        return List.copyOf(devices);
    }

    /** What a name of the namespace stands for, which may not have been present. */
    public AcpiDevice device(NamespaceNode node) {
        return new AcpiDevice(evaluation, node);
    }

    /** Those of a kind, such as PNP0A08 for a PCI Express host bridge. */
    public List<AcpiDevice> devices(String hardwareId) {
        List<AcpiDevice> found = new ArrayList<>();
        for (AcpiDevice device : devices) {
            try {
                if (device.is(hardwareId)) {
                    found.add(device);
                }
            } catch (AmlException e) {
                note(e);
            }
        }
        return found;
    }

    /**
     * The physical address of the 16 bytes that change whenever the machine is a copy of itself:
     * what {@code ADDR} of the device says, its low half first.
     */
    public OptionalLong generationIdAddress() throws AmlException {
        List<AcpiDevice> found = devices(GENERATION_ID);
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        NamespaceNode node = found.getFirst().node();
        AmlPackage address = evaluation.elements(node, "ADDR");
        if (address == null) {
            return OptionalLong.empty();
        }
        long low = evaluation.integer(address, 0, node, "ADDR") & 0xffff_ffffL;
        return OptionalLong.of(evaluation.integer(address, 1, node, "ADDR") << Integer.SIZE | low);
    }

    /** Devices of virtio on no bus (Virtual I/O Device 1.2, 4.2), with all that they need. */
    public List<VirtioMmio> virtioMmio() {
        List<VirtioMmio> found = new ArrayList<>();
        for (AcpiDevice device : devices(VirtioMmio.HARDWARE_ID)) {
            try {
                found.add(VirtioMmio.of(device));
            } catch (AmlException e) {
                note(e);
            }
        }
        return found;
    }
}
