package dev.cortado.drivers.xen.connection;

import dev.cortado.kernel.memory.HostMemory;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Grants and event channels between domains that are threads of the host. */
public final class FakeXen {
    private static final int PAGES = 4096;

    record Grant(int owner, int user, long page) {}

    record Offer(int owner, int user, Port end) {}

    public final HostMemory memory = new HostMemory((long) PAGES * Hypervisor.PAGE_BYTES);
    private final List<Grant> grants = new ArrayList<>();
    private final Map<Integer, Integer> mapped = new HashMap<>();
    private final Map<Integer, Offer> offers = new HashMap<>();
    private long nextPage = HostMemory.BASE;
    private int lastPort;
    public int openPorts;
    public int sharedPages;
    public int mappedPages;

    /** As if there were none for the next page that is mapped. */
    public boolean lacksMemory;

    public Hypervisor domain(int id) {
        return new Domain(id);
    }

    /** Takes all rights of a domain back, as when it is destroyed. */
    synchronized void revoke(int owner) {
        grants.replaceAll(grant -> grant != null && grant.owner == owner ? null : grant);
    }

    static final class Port implements PeerPort {
        private final FakeXen xen;
        private final int number;
        private Port peer;
        private long pending;
        private boolean closed;
        long sent;

        Port(FakeXen xen, int number) {
            this.xen = xen;
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public void send() {
            Port other;
            synchronized (this) {
                sent++;
                other = closed ? null : peer;
            }
            if (other != null) {
                other.wake();
            }
        }

        @Override
        public synchronized boolean await(long waiter, long deadline) throws InterruptedException {
            while ((pending & waiter) == 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(Math.min(left / 1_000_000 + 1, 60_000));
            }
            pending &= ~waiter;
            return true;
        }

        @Override
        public synchronized void wake() {
            pending = -1;
            notifyAll();
        }

        @Override
        public void close() {
            synchronized (this) {
                if (closed) {
                    throw new AssertionError("closed twice");
                }
                closed = true;
            }
            synchronized (xen) {
                xen.openPorts--;
            }
        }
    }

    private final class Domain implements Hypervisor {
        private final int id;

        /** What is at an address: a page may be at several. */
        private final Aliases aliases = new Aliases(memory);

        Domain(int id) {
            this.id = id;
        }

        @Override
        public RingMemory memory() {
            return aliases;
        }

        @Override
        public SharedPage share(int domain) {
            synchronized (FakeXen.this) {
                sharedPages++;
                long page = nextPage;
                nextPage += PAGE_BYTES;
                grants.add(new Grant(id, domain, page));
                return new SharedPage(domain, aliases.add(page), grants.size() - 1);
            }
        }

        @Override
        public boolean unshare(SharedPage page) {
            synchronized (FakeXen.this) {
                if (mapped.getOrDefault(page.reference(), 0) > 0) {
                    return false;
                }
                grants.set(page.reference(), null);
                forget(page);
                return true;
            }
        }

        @Override
        public void forget(SharedPage page) {
            synchronized (FakeXen.this) {
                sharedPages--;
                aliases.remove(page.address());
            }
        }

        @Override
        public long map(int domain, int reference) throws IOException {
            synchronized (FakeXen.this) {
                if (lacksMemory) {
                    lacksMemory = false;
                    throw new OutOfMemoryError("to map a page");
                }
                Grant grant =
                        reference >= 0 && reference < grants.size() ? grants.get(reference) : null;
                if (grant == null || grant.owner != domain || grant.user != id) {
                    throw new IOException("not shared");
                }
                mapped.merge(reference, 1, Integer::sum);
                mappedPages++;
                return aliases.add(grant.page, reference);
            }
        }

        @Override
        public void unmap(long address) {
            synchronized (FakeXen.this) {
                int reference = aliases.remove(address);
                mapped.merge(reference, -1, Integer::sum);
                mappedPages--;
            }
        }

        @Override
        public PeerPort offerPort(int domain) {
            synchronized (FakeXen.this) {
                openPorts++;
                Port port = new Port(FakeXen.this, ++lastPort);
                offers.put(port.number, new Offer(id, domain, port));
                return port;
            }
        }

        @Override
        public PeerPort bindPort(int domain, int remotePort) {
            synchronized (FakeXen.this) {
                Offer offer = offers.get(remotePort);
                if (offer == null || offer.owner != domain || offer.user != id) {
                    return null;
                }
                offers.remove(remotePort);
                openPorts++;
                Port port = new Port(FakeXen.this, ++lastPort);
                port.peer = offer.end;
                synchronized (offer.end) {
                    offer.end.peer = port;
                }
                port.wake();
                return port;
            }
        }
    }

    /** Pages at addresses of a domain's own; whoever uses one after its end fails. */
    private static final class Aliases extends TranslatedMemory {
        private record Alias(long page, int reference) {}

        private final Map<Long, Alias> pages = new java.util.concurrent.ConcurrentHashMap<>();
        private long next = 0x100_0000;

        Aliases(HostMemory memory) {
            super(memory);
        }

        long add(long page) {
            return add(page, -1);
        }

        synchronized long add(long page, int reference) {
            long address = next;
            next += 2 * Hypervisor.PAGE_BYTES; // never one behind the other
            pages.put(address >> 12, new Alias(page, reference));
            return address;
        }

        synchronized int remove(long address) {
            Alias alias = pages.remove(address >> 12);
            if (alias == null) {
                throw new AssertionError("no page at " + address);
            }
            return alias.reference;
        }

        @Override
        long at(long address) {
            Alias alias = pages.get(address >> 12);
            if (alias == null) {
                throw new AssertionError("used after its end: " + address);
            }
            return alias.page + (address & 0xfff);
        }

        private long at(long address, int length) {
            if (length > 0 && address >> 12 != address + length - 1 >> 12) {
                throw new AssertionError("past the page's end");
            }
            return length == 0 ? HostMemory.BASE : at(address);
        }

        @Override
        public void copyIn(byte[] source, int offset, long address, int length) {
            memory.copyIn(source, offset, at(address, length), length);
        }

        @Override
        public void copyOut(long address, byte[] target, int offset, int length) {
            memory.copyOut(at(address, length), target, offset, length);
        }
    }
}
