package dev.cortado.drivers.vmware.backdoor;

/** The registers of one call, 32 bits each; the hypervisor changes them. */
public final class Registers {
    public int eax;
    public int ebx;
    public int ecx;
    public int edx;
    public int esi;
    public int edi;
    public int ebp;

    /** The upper half of a register. */
    public static int high(int register) {
        return register >>> Short.SIZE;
    }

    /** Two halves as a register; of {@code low} only 16 bits count. */
    public static int of(int high, int low) {
        return high << Short.SIZE | low & 0xffff;
    }
}
