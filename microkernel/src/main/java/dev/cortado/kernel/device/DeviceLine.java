package dev.cortado.kernel.device;

import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.interrupt.IoApic;
import dev.cortado.kernel.message.SignalWord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of an IO-APIC, a global system interrupt, and the devices on it. Level-triggered ones may
 * be several (PCI 3.0, 2.2.6): when one of them raises the line, all drivers are woken, and the
 * line stays masked until each has looked at its device. Who shares a line has the first one's CPU.
 */
final class DeviceLine {
    /** Those that a device has. Guarded by the class. */
    private static final Map<Long, DeviceLine> OPEN = new HashMap<>();

    private final long global;
    private final int cpu;
    private final boolean levelTriggered;
    private final boolean activeLow;

    /**
     * The line raises the vector of the first, and each leads to the next. Guarded by this, and
     * changed with the class's lock, which is taken before.
     */
    private final List<Device> devices = new ArrayList<>();

    private final InterruptGuard guard;

    /** Since all drivers have looked. */
    private boolean hasInterrupted;

    /** Of an edge-triggered line, which nobody masks but the guard. */
    private boolean masked;

    /** A device on the line. */
    private static final class Device {
        private final InterruptGuard.Member member;
        private int vector;

        /** Its driver has looked at it once. The others do not wait for one that is beginning. */
        private boolean isServed;

        Device(InterruptGuard.Member member) {
            this.member = member;
        }
    }

    private DeviceLine(long global, int cpu, boolean levelTriggered, boolean activeLow) {
        this.global = global;
        this.cpu = cpu;
        this.levelTriggered = levelTriggered;
        this.activeLow = activeLow;
        guard = new InterruptGuard("line " + global, DeviceFaults::tell);
    }

    /**
     * The line, on which {@link #join} is called before the class's lock is let go of.
     *
     * @param cpu that handles it if no device is on it yet
     * @throws IOException it cannot be shared
     */
    static synchronized DeviceLine of(
            long global, int cpu, boolean levelTriggered, boolean activeLow) throws IOException {
        DeviceLine line = OPEN.get(global);
        if (line == null) {
            return new DeviceLine(global, cpu, levelTriggered, activeLow);
        }
        if (!levelTriggered || !line.levelTriggered || activeLow != line.activeLow) {
            throw line.isOthers();
        }
        return line;
    }

    private IOException isOthers() {
        return new IOException("line " + global + " is another device's, or the kernel's");
    }

    int cpu() {
        return cpu;
    }

    /** What keeps its devices from raising it for ever. */
    InterruptGuard guard() {
        return guard;
    }

    /**
     * One more device is on it.
     *
     * @param word that is signalled with bit 0
     * @param wake lets the device's driver look
     * @return the device's vector, for {@link #acknowledge} and {@link #leave}
     * @throws IOException the kernel has the line, or no vector is left
     */
    synchronized int join(SignalWord word, Runnable wake) throws IOException {
        Device device = new Device(guard.join(wake));
        boolean isJoined = false;
        // Before anything leads to the word: memory may lack.
        devices.add(device);
        try {
            OPEN.put(global, this);
            device.vector = bind(word);
            isJoined = true;
            return device.vector;
        } finally {
            if (!isJoined) {
                devices.removeLast();
                guard.leave(device.member, System.nanoTime());
                if (devices.isEmpty()) {
                    OPEN.remove(global);
                }
            }
        }
    }

    private int bind(SignalWord word) throws IOException {
        int vector =
                DeviceVectors.bind(cpu, word, 1, levelTriggered ? global : VectorTable.NO_LINE);
        if (vector == DeviceVectors.NONE) {
            throw new IOException("CPU " + cpu + " has no vector left for a device");
        }
        if (devices.size() > 1) {
            DeviceVectors.setNext(cpu, devices.get(devices.size() - 2).vector, vector);
        } else if (!IoApic.route(global, vector, apicId(), levelTriggered, activeLow)) {
            DeviceVectors.release(cpu, vector);
            throw isOthers();
        }
        return vector;
    }

    private int apicId() {
        return Processors.get(cpu).getHardwareId();
    }

    /** The guard's member of a device. */
    synchronized InterruptGuard.Member member(int vector) {
        return devices.get(place(vector)).member;
    }

    /** As {@link DeviceInterrupt#describe}. */
    synchronized void describe(int vector, String device, DeviceMask mask) {
        member(vector).describe(device, mask);
    }

    /**
     * A device's driver has looked: the line may interrupt again, if the others have, too.
     *
     * @param work whether its device had done anything
     */
    synchronized void acknowledge(int vector, boolean work) {
        Device device = devices.get(place(vector));
        guard.looked(device.member, work, System.nanoTime());
        hasInterrupted |= DeviceVectors.isUnseen(cpu, vector);
        device.isServed = true;
        DeviceVectors.setSeen(cpu, vector);
        unmask();
    }

    private int place(int vector) {
        int place = 0;
        while (devices.get(place).vector != vector) {
            place++;
        }
        return place;
    }

    private void unmask() {
        for (int i = 0; i < devices.size(); i++) {
            Device device = devices.get(i);
            if (device.isServed && DeviceVectors.isUnseen(cpu, device.vector)) {
                return;
            }
        }
        boolean mayInterrupt = guard.pass(hasInterrupted, System.nanoTime());
        hasInterrupted = false;
        if (levelTriggered ? mayInterrupt : masked == mayInterrupt) {
            masked = !mayInterrupt;
            IoApic.setMasked(global, masked);
            if (!levelTriggered && !masked) {
                guard.wakeAll();
            }
        }
    }

    /** A device is on it no more: nothing signals its word when this returns. */
    void leave(int vector) {
        synchronized (DeviceLine.class) {
            remove(vector);
        }
    }

    private synchronized void remove(int vector) {
        IoApic.setMasked(global, true);
        int place = place(vector);
        guard.leave(devices.remove(place).member, System.nanoTime());
        if (devices.isEmpty()) {
            DeviceVectors.release(cpu, vector);
            // Not before: an interrupt that is late masks the line.
            IoApic.release(global);
            OPEN.remove(global);
            return;
        }
        if (place > 0) {
            int next = place < devices.size() ? devices.get(place).vector : DeviceVectors.NONE;
            DeviceVectors.setNext(cpu, devices.get(place - 1).vector, next);
        }
        DeviceVectors.release(cpu, vector);
        if (place == 0) {
            IoApic.reroute(global, devices.getFirst().vector, apicId(), activeLow);
            masked = false;
        } else {
            unmask();
        }
    }
}
