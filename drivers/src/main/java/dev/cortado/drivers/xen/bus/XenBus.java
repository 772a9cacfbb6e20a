package dev.cortado.drivers.xen.bus;

import dev.cortado.drivers.xen.lifecycle.SuspendListener;
import dev.cortado.drivers.xen.store.Watch;
import dev.cortado.drivers.xen.store.WatchEvent;
import dev.cortado.drivers.xen.store.WatchQueue;
import dev.cortado.drivers.xen.store.XenStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Finds this domain's devices in xenstore, also those that come later, and takes them through their
 * states with the drivers that it was given, in one thread for all.
 */
public final class XenBus implements SuspendListener, AutoCloseable {
    private static final String DEVICES = "device";

    /** Before that is tried again for which there was no memory. */
    private static final long PAUSE_MILLISECONDS = 100;

    private final XenStore store;
    private final Map<String, BusDriver> drivers = new HashMap<>();
    private final Consumer<String> log;
    private final WatchQueue queue = new WatchQueue();
    private final Thread thread = new Thread(this::run, "xenbus");

    /** By path. A device that its driver does not want, or cannot drive, has null. */
    private final Map<String, AttachedDevice> devices = new TreeMap<>();

    /** By path, what was said of those that could not be driven: once is enough. */
    private final Map<String, String> failures = new HashMap<>();

    /** Those whose drivers have failed by themselves, until they are begun anew. */
    private final Set<BusDevice> failed = ConcurrentHashMap.newKeySet();

    private volatile Watch watch;
    private boolean suspended;

    /**
     * @param log hears of devices that failed
     */
    public XenBus(XenStore store, List<BusDriver> drivers, Consumer<String> log) {
        this.store = store;
        this.log = log;
        for (BusDriver driver : drivers) {
            this.drivers.put(driver.type(), driver);
        }
    }

    /** Looks for devices, and from now on for those that come later. */
    public void start() throws IOException {
        synchronized (this) {
            watch = store.watch(DEVICES, queue);
            scan();
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                WatchEvent event = queue.take();
                while (!isHandled(event)) {
                    Thread.sleep(PAUSE_MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        } catch (IOException e) {
            log.accept("xenbus: " + e.getMessage());
        }
    }

    /** False: there is no memory for it now, and nobody tells of it again. */
    private boolean isHandled(WatchEvent event) {
        try {
            handle(event);
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    private synchronized void handle(WatchEvent event) {
        if (suspended) {
            return; // all is looked at again afterwards
        }
        renewFailed();
        if (event.watch() == watch) {
            scan();
            return;
        }
        for (AttachedDevice attached : devices.values()) {
            if (attached != null && attached.isWatchedBy(event.watch())) {
                attempt(attached, attached::follow);
            }
        }
    }

    /** Compares the devices that there are with those that we have. */
    private void scan() {
        Map<String, BusDevice> found = new TreeMap<>();
        Set<String> replaced = new HashSet<>();
        try {
            for (BusDriver driver : drivers.values()) {
                for (String id : store.directoryOrEmpty(DEVICES + '/' + driver.type())) {
                    BusDevice device = new BusDevice(store, driver.type(), id);
                    // Without a state it is one that is being made or removed.
                    if (device.ownState() != BusState.UNKNOWN) {
                        found.put(device.path(), device);
                        AttachedDevice known = devices.get(device.path());
                        if (known != null && known.isReplaced()) {
                            replaced.add(device.path());
                        }
                    }
                }
            }
        } catch (IOException e) {
            log.accept("xenbus: " + e.getMessage());
            return;
        }
        Iterator<Map.Entry<String, AttachedDevice>> all = devices.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, AttachedDevice> one = all.next();
            if (!found.containsKey(one.getKey()) || replaced.contains(one.getKey())) {
                all.remove();
                failures.remove(one.getKey());
                if (one.getValue() != null) {
                    attempt(one.getValue(), one.getValue()::detach);
                }
            }
        }
        for (Map.Entry<String, BusDevice> one : found.entrySet()) {
            if (devices.get(one.getKey()) == null) {
                attach(drivers.get(one.getValue().type()), one.getValue());
            }
        }
    }

    private void attach(BusDriver driver, BusDevice device) {
        devices.put(device.path(), null);
        try {
            device.findBackend();
            Frontend frontend = driver.probe(device);
            if (frontend != null) {
                AttachedDevice attached = new AttachedDevice(device, frontend, queue);
                devices.put(device.path(), attached);
                attempt(attached, attached::begin);
            }
        } catch (IOException | RuntimeException e) {
            if (!e.toString().equals(failures.put(device.path(), e.toString()))) {
                log.accept("xenbus: " + device.path() + ": " + e);
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    /** A driver that fails takes its device with it, but not the others. */
    private void attempt(AttachedDevice attached, Action action) {
        try {
            action.run();
        } catch (IOException | RuntimeException | Error e) {
            try {
                say(attached, e);
            } finally {
                fail(attached, e);
            }
        }
    }

    private void fail(AttachedDevice attached, Throwable why) {
        try {
            attached.fail(why);
        } catch (IOException | RuntimeException another) {
            say(attached, another);
        }
    }

    private void say(AttachedDevice attached, Throwable what) {
        log.accept("xenbus: " + attached.device().path() + ": " + what);
    }

    /** Offers the devices again that their drivers did not want, or that could not be driven. */
    public synchronized void offerAgain() {
        if (!suspended) {
            scan();
        }
    }

    /**
     * A driver has failed by itself: soon, what it shares is given back, and it begins anew. The
     * bus's thread does that: the driver's own may be interrupted.
     */
    public void renew(BusDevice device) {
        failed.add(device);
        watch.repeat();
    }

    private void renewFailed() {
        for (BusDevice device : failed) {
            failed.remove(device); // beforehand: it may fail again meanwhile
            boolean isDone = false;
            try {
                renewNow(device);
                isDone = true;
            } finally {
                if (!isDone) {
                    failed.add(device); // there is no memory, and its event comes again
                }
            }
        }
    }

    private void renewNow(BusDevice device) {
        AttachedDevice attached = devices.get(device.path());
        if (attached != null && attached.device() == device) {
            attempt(attached, attached::reconnect);
        }
    }

    /** A driver does not want its device any more. */
    public synchronized void release(BusDevice device) {
        AttachedDevice attached = devices.get(device.path());
        if (attached != null && attached.device() == device) {
            attached.leave();
            if (!suspended) {
                attempt(attached, attached::close);
            }
        }
    }

    /** Before its connection to xenstore is suspended, too. */
    @Override
    public synchronized void suspend() {
        suspended = true;
        drivers.values().forEach(BusDriver::suspend);
        for (AttachedDevice attached : devices.values()) {
            if (attached != null) {
                attempt(attached, attached::suspend);
            }
        }
    }

    /** After its connection to xenstore was: all devices are connected anew, in either case. */
    @Override
    public synchronized void resume(boolean cancelled) {
        suspended = false;
        failed.clear();
        drivers.values().forEach(driver -> driver.resume(cancelled));
        for (AttachedDevice attached : devices.values()) {
            if (attached != null) {
                attempt(attached, cancelled ? attached::reconnect : attached::resume);
            }
        }
        scan();
    }

    /** Disconnects all devices. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            suspended = true;
            // Not in the middle of something: what it has begun would fail instead of being ended.
            thread.interrupt();
            if (watch != null) {
                watch.close();
            }
            for (AttachedDevice attached : devices.values()) {
                if (attached != null) {
                    attempt(attached, attached::close);
                }
            }
            devices.clear();
        }
    }
}
