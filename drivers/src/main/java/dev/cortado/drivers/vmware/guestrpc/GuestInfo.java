package dev.cortado.drivers.vmware.guestrpc;

import dev.cortado.drivers.vmware.backdoor.Backdoor;
import dev.cortado.drivers.vmware.backdoor.MachineBackdoor;
import dev.cortado.drivers.vmware.backdoor.Vmware;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Values that VMware has for a virtual machine: the lines {@code guestinfo.NAME = "value"} of its
 * configuration, its advanced settings, what govc and Terraform set, and {@code guestinfo.ovfEnv}.
 * Safe for use by several threads.
 */
public final class GuestInfo {
    private static final String PREFIX = "guestinfo.";

    /** Of a value that comes at once; a longer one comes by words. */
    private static final int CAPACITY = 16 * 1024;

    /** A host has shorter ones. */
    private static final int LONGEST_NAME = 255;

    /** Null until it is first asked for. */
    private static GuestInfo machine;

    private final HostRequests host;

    GuestInfo(Backdoor backdoor) {
        host = new HostRequests(backdoor);
    }

    /**
     * That of the machine this runs on, empty if it is none of VMware's.
     *
     * @throws IOException there is no memory for the messages
     */
    public static synchronized Optional<GuestInfo> ofMachine() throws IOException {
        if (machine == null && Vmware.isPresent()) {
            machine = new GuestInfo(new MachineBackdoor(CAPACITY));
        }
        return Optional.ofNullable(machine);
    }

    /**
     * The value of a name, such as {@code userdata}; empty if there is none.
     *
     * @throws IllegalArgumentException for a name with a space, a control character or none at all,
     *     or a longer one than 255 bytes
     * @throws IOException the host does not answer
     */
    public Optional<byte[]> get(String name) throws IOException {
        HostRequests.Answer answer = host.ask("info-get " + PREFIX + checked(name));
        return answer.done() ? Optional.of(answer.text()) : Optional.empty();
    }

    /** As {@link #get}, for a value that is text in UTF-8. */
    public Optional<String> getText(String name) throws IOException {
        return get(name).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** A space would end the name, and the rest be taken for something else. */
    private static String checked(String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0
                || length > LONGEST_NAME
                || name.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("no name of a guestinfo value: \"" + name + "\"");
        }
        return name;
    }
}
