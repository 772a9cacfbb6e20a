package dev.cortado.drivers.pci.network;

import dev.cortado.drivers.network.NetworkAdapter;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.SupervisedAdapter;
import dev.cortado.drivers.network.card.CardDriver;
import dev.cortado.drivers.network.card.NetworkCard;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciConnection;
import dev.cortado.kernel.device.DeviceFaults;
import dev.cortado.kernel.device.DeviceInterrupt;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A kind of cards that {@link CardDriver} drives. */
public abstract class PciCards implements PciNetworkDriver {
    /** How long the thread waits for one interrupt: for ever, but for arithmetic. */
    private static final long LONG = TimeUnit.DAYS.toNanos(1);

    /** How many messages a card wants to interrupt by: after each, its rings are looked at. */
    protected int messages() {
        return 1;
    }

    /** What a card is called, in messages. */
    protected abstract String name(PciDevice device);

    /**
     * Makes a card, which was reset.
     *
     * @param name for messages
     */
    protected abstract NetworkCard make(PciDevice device, String name, PciConnection connection)
            throws IOException, InterruptedException;

    @Override
    public final NetworkAdapter open(
            PciDevice device,
            int cpu,
            NetworkSettings settings,
            NetworkListener listener,
            RestartPolicy policy,
            ServiceListener deaths)
            throws IOException {
        String place = "pci " + device.address();
        String name = name(device) + " (" + place + ")";
        return SupervisedAdapter.open(
                name,
                place,
                listener,
                policy,
                deaths,
                adapter -> {
                    try (PciConnection connection = PciConnection.open(device, messages(), cpu)) {
                        NetworkCard card = make(device, name, connection);
                        connection.admitToMemory();
                        drive(adapter, connection, card, settings, listener);
                    }
                });
    }

    private static void drive(
            SupervisedAdapter adapter,
            PciConnection connection,
            NetworkCard card,
            NetworkSettings settings,
            NetworkListener listener)
            throws IOException, InterruptedException {
        DeviceInterrupt interrupt = connection.interrupt();
        try (CardDriver driver =
                new CardDriver(card, settings, listener, connection::keepFromMemory)) {
            adapter.serve(driver, interrupt::wake, () -> serve(driver, interrupt));
        } catch (IOException e) {
            DeviceFaults.add(connection.name(), DeviceFaults.Kind.WILD_ANSWER);
            throw e;
        }
    }

    private static void serve(CardDriver driver, DeviceInterrupt interrupt)
            throws IOException, InterruptedException {
        long packets = 0;
        while (true) {
            boolean isMore = driver.service(0);
            if (interrupt.await(isMore ? 0 : LONG) != 0) {
                driver.interrupted();
                // Those of which it told last time, and whoever took them.
                long before = packets;
                packets = driver.packets();
                interrupt.acknowledge(packets != before);
            }
        }
    }
}
