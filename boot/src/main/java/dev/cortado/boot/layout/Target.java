package dev.cortado.boot.layout;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kind of machine that an image is built for. It decides which boot code, which parts of the
 * kernel and which drivers are in the image; code for another target is not.
 */
public enum Target {
    /** QEMU, KVM and Firecracker: started through PVH, with a PC's devices. */
    QEMU("qemu", "pvh"),

    /** A domU of Xen's type pvh: started through PVH, with Xen's devices. */
    XEN_PVH("xen-pvh", "pvh"),

    /** A domU of Xen's type pv: 64 bits, ring 3, no emulated hardware at all. */
    XEN_PV("xen-pv", "xen-pv"),

    /** A domU of Xen's type hvm: a disk that the BIOS boots, with Xen's devices. */
    XEN_HVM("xen-hvm", "bios"),

    /** A PC of any kind: a disk that its firmware boots, with drivers for what PCs mostly have. */
    BARE("bare", "bios"),

    /** A virtual machine of VMware's: a disk, with drivers for what these have. */
    VMWARE("vmware", "bios"),

    /** A virtual machine of Hyper-V's first generation: a disk, with what these emulate. */
    HYPERV("hyperv", "bios");

    /** The system property that tells the guest's features, while the compiler runs. */
    public static final String PROPERTY = "cortado.target";

    private final String word;
    private final String bootProtocol;

    Target(String word, String bootProtocol) {
        this.word = word;
        this.bootProtocol = bootProtocol;
    }

    /** How people write it. */
    public String word() {
        return word;
    }

    /** How the artifact is started: "pvh", "xen-pv", or by a "bios" that loads it from a disk. */
    public String bootProtocol() {
        return bootProtocol;
    }

    /**
     * The target that boot code, kernel and drivers are built for: an HVM domain's disk holds an
     * image for PVH.
     */
    public Target kernel() {
        return this == XEN_HVM ? XEN_PVH : this;
    }

    /** The target that people write so. */
    public static Optional<Target> of(String word) {
        return Arrays.stream(values()).filter(target -> target.word.equals(word)).findFirst();
    }

    /**
     * What the image that is being built is for. Only while an image is built.
     *
     * @throws IllegalStateException if {@link #PROPERTY} names no target
     */
    public static Target current() {
        String word = System.getProperty(PROPERTY, QEMU.word);
        return of(word).orElseThrow(() -> new IllegalStateException("no target: " + word));
    }

    /** Whether the guest talks to Xen. */
    public boolean isXen() {
        return this == XEN_PVH || this == XEN_PV || this == XEN_HVM;
    }

    /** Whether the artifact is a disk, and not a file for a loader. */
    public boolean isDisk() {
        return bootProtocol.equals("bios");
    }

    @Override
    public String toString() {
        return word;
    }
}
