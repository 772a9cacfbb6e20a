package dev.cortado.drivers.vmware.guestrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuestCommandsTest {
    private final VmwareModel host = new VmwareModel();
    private final List<String> done = new ArrayList<>();
    private final GuestCommands guest =
            new GuestCommands(
                    host,
                    new GuestCommands.PowerControl() {
                        @Override
                        public void halt() {
                            done.add("halt");
                        }

                        @Override
                        public void reboot() {
                            done.add("reboot");
                        }
                    });

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void guestsSayWhatTheyCanDoAndDoIt(boolean highBandwidth) throws IOException {
        host.highBandwidth = highBandwidth;
        guest.poll();
        host.commands.addAll(List.of("reset\0", "ping", "Capabilities_Register"));
        host.commands.addAll(List.of("Set_Option broadcastIP 1", "Time_Synchronize"));
        guest.poll();
        guest.poll();
        host.commands.add("OS_Halt\0");
        guest.poll();
        assertEquals(
                List.of(
                        "OK ATR toolbox",
                        "",
                        "OK ATR toolbox",
                        "OK ",
                        "OK ",
                        "OK ",
                        "ERROR Unknown command",
                        "",
                        "",
                        "OK ",
                        ""),
                host.answers);
        assertEquals(
                List.of(
                        "tools.capability.statechange 1",
                        "tools.set.version 2147483647",
                        "tools.os.statechange.status 1 1"),
                host.requests);
        assertEquals(List.of("halt"), done);
        assertEquals(1, host.openChannels());
    }

    @Test
    void rebootIsAnotherStateChange() throws IOException {
        host.commands.add("OS_Reboot");
        guest.poll();
        assertEquals(List.of("reboot"), done);
        assertEquals(List.of("tools.os.statechange.status 1 2"), host.requests);
    }

    /** Whoever can change its state is told of all changes, and waits for an answer to each. */
    @Test
    void changesThatGuestsHaveNothingToDoForSucceed() throws IOException {
        host.commands.addAll(List.of("OS_PowerOn\0", "OS_Suspend", "OS_Resume"));
        guest.poll();
        assertEquals(List.of("OK ATR toolbox", "OK ", "OK ", "OK ", ""), host.answers);
        assertEquals(
                List.of(
                        "tools.os.statechange.status 1 3",
                        "tools.os.statechange.status 1 5",
                        "tools.os.statechange.status 1 4"),
                host.requests);
        assertEquals(List.of(), done);
    }

    /** It is the first thing that counts: the host may be too busy to hear of it. */
    @Test
    void theEndComesThoughTheHostDoesNotListen() {
        host.commands.add("OS_Halt");
        host.otherAnswer = request -> null;
        assertThrows(IOException.class, guest::poll);
        assertEquals(List.of("halt"), done);
    }

    @Test
    void afterAFailureTheGuestBeginsAnew() throws IOException {
        guest.poll();
        host.closeAll();
        assertThrows(IOException.class, guest::poll);
        host.commands.add("ping");
        guest.poll();
        assertEquals(List.of("OK ATR toolbox", "", "OK ATR toolbox", "OK ", ""), host.answers);
        assertEquals(1, host.openChannels());
    }

    @Test
    void aHostThatNeverStopsIsLeftForAWhile() throws IOException {
        for (int i = 0; i < 100; i++) {
            host.commands.add("ping");
        }
        guest.poll();
        assertEquals(68, host.commands.size());
    }

    @Test
    void wordsMatchAsAWhole() throws IOException {
        host.commands.addAll(List.of("OS_HaltNow", "", "os_halt", " OS_Halt", "OS_"));
        for (int i = 0; i < 3; i++) {
            guest.poll();
        }
        assertEquals(List.of(), done);
        assertEquals(0, host.commands.size());
    }

    @Test
    void messagesThatAreTooLongCloseTheChannel() {
        host.wrongSize = 1 << 30;
        host.commands.add("ping");
        assertThrows(IOException.class, guest::poll);
        assertEquals(0, host.openChannels());
    }
}
