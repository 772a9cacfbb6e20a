package dev.cortado.drivers.xen.connection;

import dev.cortado.drivers.xen.event.SignalledPort;
import dev.cortado.drivers.xen.grant.GrantTable;
import dev.cortado.drivers.xen.hypercall.XenError;
import dev.cortado.kernel.memory.RingMemory;
import dev.cortado.kernel.memory.VirtualMemory;
import java.io.IOException;

/** Xen's grants and event channels. */
public final class GrantedMemory implements Hypervisor {
    private static final long ERRORS = -4096;

    private final RingMemory memory = new VirtualMemory();
    private final PagePool pool = new PagePool();

    @Override
    public RingMemory memory() {
        return memory;
    }

    @Override
    public SharedPage share(int domain) {
        long page = pool.take();
        if (page == 0) {
            return null;
        }
        int reference = GrantTable.grant(domain, PagePool.frame(page), false);
        if (reference < 0) {
            pool.give(page);
            return null;
        }
        return new SharedPage(domain, page, reference);
    }

    @Override
    public boolean unshare(SharedPage page) {
        if (!GrantTable.end(page.reference())) {
            return false;
        }
        pool.give(page.address());
        return true;
    }

    @Override
    public void forget(SharedPage page) {
        pool.give(page.address());
    }

    @Override
    public long map(int domain, int reference) throws IOException {
        long address = GrantTable.map(domain, reference, false);
        if (address == XenError.NO_SPACE) {
            throw new IOException("Domain " + domain + " has its share of pages used already");
        }
        if (address >= ERRORS && address <= 0) {
            throw new IOException("Domain " + domain + " does not share page " + reference);
        }
        return address;
    }

    @Override
    public void unmap(long address) {
        GrantTable.unmap(address);
    }

    @Override
    public PeerPort offerPort(int domain) {
        try {
            return new XenPort(SignalledPort.offer(domain));
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public PeerPort bindPort(int domain, int remotePort) {
        try {
            return new XenPort(SignalledPort.connect(domain, remotePort));
        } catch (IOException e) {
            return null;
        }
    }

    private record XenPort(SignalledPort port) implements PeerPort {
        @Override
        public int number() {
            return port.number();
        }

        @Override
        public void send() {
            port.send();
        }

        @Override
        public boolean await(long waiter, long deadline) throws InterruptedException {
            return port.await(waiter, deadline);
        }

        @Override
        public void wake() {
            port.wake();
        }

        @Override
        public void close() {
            port.close();
        }
    }
}
