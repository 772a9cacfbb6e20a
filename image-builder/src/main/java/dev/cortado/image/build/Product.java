package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.format.OutputFormat;
import java.util.Arrays;
import java.util.Optional;

/** What takes an image in a format of its own: short for a target and that format. */
enum Product {
    XENSERVER("xenserver", Target.XEN_HVM, OutputFormat.XVA, "XenServer, XCP-ng"),
    ORACLE_VM("oracle-vm", Target.XEN_HVM, OutputFormat.ORACLE_VM, "Oracle VM, xVM Server"),
    FIRECRACKER("firecracker", Target.QEMU, OutputFormat.FIRECRACKER, "Firecracker"),
    KUBEVIRT("kubevirt", Target.BARE, OutputFormat.CONTAINER_DISK, "Kubernetes with KubeVirt"),
    LIBVIRT("libvirt", Target.BARE, OutputFormat.LIBVIRT, "libvirt with QEMU or KVM");

    private final String word;
    private final Target target;
    private final OutputFormat format;
    private final String description;

    Product(String word, Target target, OutputFormat format, String description) {
        this.word = word;
        this.target = target;
        this.format = format;
        this.description = description;
    }

    /** How people write it. */
    String word() {
        return word;
    }

    Target target() {
        return target;
    }

    OutputFormat format() {
        return format;
    }

    /** What it is, in a few words. */
    String description() {
        return description;
    }

    static Optional<Product> of(String word) {
        return Arrays.stream(values()).filter(product -> product.word.equals(word)).findFirst();
    }
}
