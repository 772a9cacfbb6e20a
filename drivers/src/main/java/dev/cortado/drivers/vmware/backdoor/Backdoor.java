package dev.cortado.drivers.vmware.backdoor;

/** Calls to VMware's hypervisor with registers (open-vm-tools' lib/include/backdoor_types.h). */
public interface Backdoor {
    /** In EAX of each call. */
    int MAGIC = 0x564d_5868;

    /** In the lower half of EDX: the port of a call. */
    int PORT = 0x5658;

    /** In the lower half of EDX: the port of many bytes at once. */
    int HIGH_BANDWIDTH_PORT = 0x5659;

    /** How many bytes {@link #send} and {@link #receive} move at most. */
    int capacity();

    /** A call: EAX and the lower half of EDX need not be set. */
    void call(Registers registers);

    /** Hands over bytes: EAX, ECX, ESI and the lower half of EDX need not be set. */
    void send(Registers registers, byte[] bytes, int length);

    /** Fetches bytes: EAX, ECX, EDI and the lower half of EDX need not be set. */
    void receive(Registers registers, byte[] bytes, int length);
}
