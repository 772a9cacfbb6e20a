package dev.cortado.drivers.acpi;

import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlInteger;
import dev.cortado.drivers.acpi.aml.AmlObject;
import dev.cortado.drivers.acpi.aml.AmlPackage;
import dev.cortado.drivers.acpi.aml.NamespaceNode;
import dev.cortado.drivers.acpi.resource.Resource;
import dev.cortado.drivers.acpi.resource.ResourceTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A device of the namespace. What its methods say can change, and is asked for anew each time. */
public final class AcpiDevice {
    /** Bits of _STA (ACPI 6.5, 6.3.7), and what holds for a device without it. */
    private static final int PRESENT = 1;

    private static final int FUNCTIONING = 1 << 3;
    private static final int DEFAULT_STATUS = 0xf;

    private final Evaluation evaluation;
    private final NamespaceNode node;

    AcpiDevice(Evaluation evaluation, NamespaceNode node) {
        this.evaluation = evaluation;
        this.node = node;
    }

    public NamespaceNode node() {
        return node;
    }

    /** _STA says that it is there, or nothing. */
    public boolean isPresent() throws AmlException {
        return (status() & PRESENT) != 0;
    }

    /** Whether there may be devices below it: it works, though it may not be there itself. */
    boolean mayHaveChildren() throws AmlException {
        return (status() & (PRESENT | FUNCTIONING)) != 0;
    }

    private long status() throws AmlException {
        return evaluation.integer(node, "_STA", DEFAULT_STATUS);
    }

    /** _HID and then what _CID adds (6.1.5, 6.1.2): PNP0A03, LNRO0005; may be empty. */
    public List<String> hardwareIds() throws AmlException {
        List<String> ids = new ArrayList<>();
        AmlObject hardware = evaluation.object(node, "_HID");
        if (hardware != null) {
            ids.add(HardwareId.of(hardware));
        }
        AmlObject compatible = evaluation.object(node, "_CID");
        if (compatible instanceof AmlPackage elements) {
            for (int i = 0; i < elements.length(); i++) {
                ids.add(HardwareId.of(evaluation.element(elements, i, node, "_CID")));
            }
        } else if (compatible != null) {
            ids.add(HardwareId.of(compatible));
        }
        return ids;
    }

    public boolean is(String hardwareId) throws AmlException {
        return hardwareIds().contains(hardwareId);
    }

    /** _SEG and _BBN of a host bridge (6.5.6, 6.5.5), 0 without them. */
    public int segment() throws AmlException {
        return (int) evaluation.integer(node, "_SEG", 0) & 0xffff;
    }

    public int bus() throws AmlException {
        return (int) evaluation.integer(node, "_BBN", 0) & 0xff;
    }

    /** _ADR: where it is on its parent's bus (6.1.1); empty without it. */
    public OptionalLong address() throws AmlException {
        return node.child("_ADR") == null
                ? OptionalLong.empty()
                : OptionalLong.of(evaluation.integer(node, "_ADR", 0));
    }

    /** _EJ0: takes it out of the machine (6.3.3); false without it. */
    public boolean eject() throws AmlException {
        if (node.child("_EJ0") == null) {
            return false;
        }
        evaluation.object(node, "_EJ0", new AmlInteger(1));
        return true;
    }

    /** _CRS: what it uses (6.2.2); empty without it. */
    public List<Resource> resources() throws AmlException {
        return resources("_CRS");
    }

    /** _PRS: what it may use (6.2.12); empty without it. */
    public List<Resource> possibleResources() throws AmlException {
        return resources("_PRS");
    }

    private List<Resource> resources(String name) throws AmlException {
        byte[] template = evaluation.bytes(node, name);
        return template == null ? List.of() : ResourceTemplate.decode(template);
    }

    Evaluation evaluation() {
        return evaluation;
    }

    @Override
    public String toString() {
        return node.path();
    }
}
