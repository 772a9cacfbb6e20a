package dev.cortado.drivers.network.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkDriver;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.NetworkUser;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.lang.reflect.Proxy;

/** A card's driver, its user and its model, all in the test's thread. */
public final class CardCase extends NetworkUser {
    public final CardModel model;
    public CardDriver driver;

    private DeviceFrames frames;
    private boolean isIsolated;

    /** How each reset ends after the start; null: as it should. */
    Throwable resetFailure;

    /** Makes a model. */
    public interface Maker {
        CardModel make(HostMemory memory, long deviceOffset);
    }

    /**
     * @param isHigh whether all memory is above 4 GiB
     */
    public CardCase(Maker maker, boolean isHigh, int buffers) throws IOException {
        super(frames -> isHigh ? frames : new LowFrames(frames), buffers, 2048);
        long offset = isHigh ? HostFrames.DEVICE_OFFSET : LowFrames.DEVICE_OFFSET;
        model = maker.make(memory, offset);
    }

    @Override
    protected NetworkDriver driver() {
        return driver;
    }

    /** Takes back what was sent, into the pool; how many packets. */
    public int takeBack() {
        return takeBack(0);
    }

    public CardDriver start(int posted) throws IOException, InterruptedException {
        frames = new DeviceFrames(source, "card");
        isIsolated = false;
        NetworkCard card = model.card(frames);
        NetworkSettings settings = new NetworkSettings(pool, 1, posted, OWN_MAC);
        NetworkCard used = resetFailure == null ? card : failing(card);
        driver = new CardDriver(used, settings, this, () -> isIsolated = true);
        return driver;
    }

    private NetworkCard failing(NetworkCard card) {
        return (NetworkCard)
                Proxy.newProxyInstance(
                        NetworkCard.class.getClassLoader(),
                        new Class<?>[] {NetworkCard.class},
                        (proxy, method, values) -> {
                            if (method.getName().equals("reset")) {
                                throw resetFailure;
                            }
                            return method.invoke(card, values);
                        });
    }

    /** Whether the card was kept from memory. */
    public boolean isIsolated() {
        return isIsolated;
    }

    /** The owner's end of a driver: the card is reset, then its rings' frames go. */
    public void end() {
        driver.close();
        assertTrue(isIsolated);
        frames.close();
    }

    /** What the driver's thread does when it is interrupted. */
    public void serve() throws IOException {
        model.interruptTaken();
        driver.interrupted();
        for (int i = 0; driver.service(0); i++) {
            assertTrue(i < 100, "it comes to no end");
        }
    }

    public void forget() {
        received.clear();
        told.clear();
    }

    /** Nobody has a buffer any more, and the driver no frames. */
    public void checkNothingLost() {
        assertEquals(pool.number(), pool.free());
        assertEquals(0, frames.bytes());
    }
}
