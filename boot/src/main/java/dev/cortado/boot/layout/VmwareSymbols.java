package dev.cortado.boot.layout;

/**
 * What the boot code defines besides {@link StubSymbols} in an image that may run on VMware: one
 * instruction each that reaches the hypervisor with seven registers, and comes back with what it
 * made of them (open-vm-tools' lib/include/backdoor_types.h).
 *
 * <p>All are {@code void(long* registers)}, where the registers are in the order of the constants.
 */
public final class VmwareSymbols {

    // Places of the registers, in bytes: 8 for each.
    public static final int RAX = 0;
    public static final int RBX = 8;
    public static final int RCX = 16;
    public static final int RDX = 24;
    public static final int RSI = 32;
    public static final int RDI = 40;
    public static final int RBP = 48;

    /** Bytes of the registers. */
    public static final int REGISTERS_SIZE = 56;

    /** {@code in eax, dx}. */
    public static final String CALL = "cortado_vmware_call";

    /** {@code rep outsb}: rcx bytes at rsi. */
    public static final String SEND = "cortado_vmware_send";

    /** {@code rep insb}: rcx bytes to rdi. */
    public static final String RECEIVE = "cortado_vmware_receive";

    private VmwareSymbols() {}
}
