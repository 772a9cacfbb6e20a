package dev.cortado.drivers.xen.bus;

import dev.cortado.drivers.xen.store.XenStore;
import java.io.IOException;
import java.util.Map;

/** A device in xenstore: our directory of it, and the backend's. */
public final class BusDevice {
    private static final int MOST_DOMAINS = 32752; // DOMID_FIRST_RESERVED is 0x7ff0
    private final XenStore store;
    private final String type;
    private final String id;
    private final String path;
    private String backend;
    private int backendDomain;

    BusDevice(XenStore store, String type, String id) {
        this.store = store;
        this.type = type;
        this.id = id;
        path = path(type, id);
    }

    /** The directory of a domain's own device, in the domain's. */
    public static String path(String type, String id) {
        return "device/" + type + '/' + id;
    }

    public String type() {
        return type;
    }

    /** The name of its directory, mostly a number. */
    public String id() {
        return id;
    }

    /** Our directory. */
    public String path() {
        return path;
    }

    /** The backend's directory. */
    public synchronized String backendPath() {
        return backend;
    }

    public synchronized int backendDomain() {
        return backendDomain;
    }

    public XenStore store() {
        return store;
    }

    /** Looks where the backend is, which changes with a restore or a new driver domain. */
    void findBackend() throws IOException {
        String directory = store.readText(path + "/backend");
        String domain = store.readText(path + "/backend-id");
        int number = -1;
        try {
            number = Integer.parseInt(domain);
        } catch (NumberFormatException e) {
            // Told below.
        }
        if (!directory.startsWith("/") || number < 0 || number >= MOST_DOMAINS) {
            throw new IOException(
                    path + ": no backend is \"" + directory + "\" in domain \"" + domain + '"');
        }
        synchronized (this) {
            backend = directory;
            backendDomain = number;
        }
    }

    public BusState backendState() throws IOException {
        return BusState.decode(store.readTextOrNull(backendPath() + "/state"));
    }

    BusState ownState() throws IOException {
        return BusState.decode(store.readTextOrNull(path + "/state"));
    }

    /** Tells our state, unless the device has been removed meanwhile. */
    void tell(BusState state) throws IOException {
        store.inTransaction(transaction -> {
            if (transaction.readTextOrNull(path + "/state") != null) {
                transaction.write(path + "/state", state.encode());
            }
            return null;
        });
    }

    /** Writes some of our nodes, all at once. */
    public void publish(Map<String, String> nodes) throws IOException {
        store.inTransaction(transaction -> {
            for (Map.Entry<String, String> node : nodes.entrySet()) {
                transaction.write(path + '/' + node.getKey(), node.getValue());
            }
            return null;
        });
    }

    /** A node of the backend; null if there is none. */
    public String backendNode(String name) throws IOException {
        return store.readTextOrNull(backendPath() + '/' + name);
    }

    /** Says what went wrong where the toolstack looks for it. */
    void report(String error) throws IOException {
        store.write("error/" + path + "/error", error);
    }
}
