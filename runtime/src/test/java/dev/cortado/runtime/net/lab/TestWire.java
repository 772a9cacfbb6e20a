package dev.cortado.runtime.net.lab;

import java.util.ArrayList;
import java.util.List;

/** An Ethernet in memory: what one device sends, all others get, in order, at once. */
public final class TestWire {
    private final List<TestDevice> devices = new ArrayList<>();

    /** Whether a frame gets to a device; a bad wire's may not. */
    public interface Fate {
        boolean arrives(byte[] frame);
    }

    public Fate fate = frame -> true;

    public TestDevice attach(TestDevice device) {
        devices.add(device);
        return device;
    }

    /** Brings what was sent to the others; says whether there was anything. */
    public boolean deliver(long now) {
        boolean any = false;
        for (TestDevice from : devices) {
            byte[] frame = from.toSend.poll();
            if (frame != null) {
                any = true;
                for (TestDevice to : devices) {
                    if (to != from && fate.arrives(frame)) {
                        to.receive(frame.clone(), now);
                    }
                }
            }
        }
        return any;
    }
}
