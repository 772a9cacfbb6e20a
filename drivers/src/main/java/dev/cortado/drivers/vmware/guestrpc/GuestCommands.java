package dev.cortado.drivers.vmware.guestrpc;

import dev.cortado.drivers.vmware.backdoor.Backdoor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the host asks of the guest (TCLO), as far as this guest does it: its end. The guest asks
 * whether there is something, and says what became of it when it asks the next time (open-vm-tools'
 * lib/rpcIn/rpcin.c). For one thread.
 */
final class GuestCommands {
    /** What a guest is told to do about its state. */
    interface PowerControl {
        /** The program is to end, and the machine to be off. */
        void halt();

        /** The program is to end, and the machine to start again. */
        void reboot();
    }

    /** Numbers of state changes (open-vm-tools' include/vmware/guestrpc/powerops.h). */
    private static final int STATE_HALT = 1;

    private static final int STATE_REBOOT = 2;
    private static final int STATE_POWER_ON = 3;
    private static final int STATE_RESUME = 4;
    private static final int STATE_SUSPEND = 5;

    /** Of tools that nobody but the guest updates. */
    private static final int UNMANAGED_VERSION = Integer.MAX_VALUE;

    private static final String OK = "OK ";
    private static final String UNKNOWN = "ERROR Unknown command";

    /** The answer to a reset: who is there. Hosts wait for this name. */
    private static final String PRESENT = "OK ATR toolbox";

    /** More in a row, without a pause, are not looked at. */
    private static final int MOST_COMMANDS = 32;

    private final Backdoor backdoor;
    private final HostRequests host;
    private final PowerControl power;

    /** Null until it is opened, and after something went wrong. */
    private MessageChannel channel;

    GuestCommands(Backdoor backdoor, PowerControl power) {
        this.backdoor = backdoor;
        this.power = power;
        host = new HostRequests(backdoor);
    }

    /**
     * Does what the host asks for by now, and tells it so. After a failure, the next call begins
     * anew.
     *
     * @throws IOException the host does not keep to the protocol, or has no channel
     */
    void poll() throws IOException {
        try {
            if (channel == null) {
                channel = new MessageChannel(backdoor, MessageChannel.TCLO);
                answer(PRESENT);
            }
            for (int i = 0; i < MOST_COMMANDS; i++) {
                byte[] command = channel.receive();
                if (command == null || command.length == 0) {
                    // So the host knows that the guest asks.
                    channel.send(new byte[0]);
                    return;
                }
                answer(run(new String(command, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void answer(String text) throws IOException {
        channel.send(text.getBytes(StandardCharsets.UTF_8));
    }

    private void close() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /** A command is a word, behind which there may be others, and often a 0. */
    private String run(String command) throws IOException {
        int end = 0;
        while (end < command.length() && command.charAt(end) > ' ') {
            end++;
        }
        return switch (command.substring(0, end)) {
            case "reset" -> PRESENT;
            case "ping", "Set_Option" -> OK;
            case "Capabilities_Register" -> {
                host.ask("tools.capability.statechange 1");
                host.ask("tools.set.version " + UNMANAGED_VERSION);
                yield OK;
            }
            case "OS_Halt" -> {
                power.halt();
                yield changed(STATE_HALT);
            }
            case "OS_Reboot" -> {
                power.reboot();
                yield changed(STATE_REBOOT);
            }
            // There is nothing to do, but the host waits to hear that it has been done.
            case "OS_PowerOn" -> changed(STATE_POWER_ON);
            case "OS_Resume" -> changed(STATE_RESUME);
            case "OS_Suspend" -> changed(STATE_SUSPEND);
            default -> UNKNOWN;
        };
    }

    private String changed(int state) throws IOException {
        host.ask("tools.os.statechange.status 1 " + state);
        return OK;
    }
}
