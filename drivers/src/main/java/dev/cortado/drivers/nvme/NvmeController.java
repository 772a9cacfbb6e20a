package dev.cortado.drivers.nvme;

import dev.cortado.drivers.block.controller.CommandDisk;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.ControllerStart;
import dev.cortado.drivers.block.controller.DiskGeometry;
import dev.cortado.drivers.block.controller.PciControllerLife;
import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** One life of the driver of a controller: an admin queue, and one for each CPU (7.6.1). */
final class NvmeController extends PciControllerLife {
    /** Base class, sub-class and programming interface (NVMe over PCIe, 2.1.5). */
    static final int CLASS_CODE = 0x01_08_02;

    /** More namespaces than anybody has; the controller is asked for each of them. */
    static final int MOST_NAMESPACES = 64;

    static final int MOST_QUEUES = 16;

    private static final int ADMIN_ENTRIES = 8;
    private static final int QUEUE_ENTRIES = 64;

    /** Of a queue, one fewer than its entries at most. */
    private static final int SLOTS = 32;

    private static final int MOST_BYTES = 1 << 20;

    /** Of blocks in a command (6.9) and in a range to deallocate (6.7). */
    private static final long MOST_BLOCKS = 1 << 16;

    private static final long MOST_RANGE_BLOCKS = 1L << 31;

    private final IntSupplier currentCpu;
    private final NvmeRegisters registers;
    private final NvmeQueue admin;
    private final DeviceBlock data;
    private final List<NvmeQueue> queues = new ArrayList<>();

    private NvmeController(PciAccess access, IntSupplier currentCpu, long patience)
            throws IOException {
        super(access, patience);
        this.currentCpu = currentCpu;
        registers = new NvmeRegisters(access);
        int entries = Math.min(ADMIN_ENTRIES, registers.mostEntries());
        admin =
                new NvmeQueue(
                        access, registers, 0, entries, requests.table(1), ControllerIdentity.BYTES);
        data = access.frames().allocate(ControllerIdentity.BYTES, BuddyAllocator.NO_LIMIT);
    }

    /**
     * Resets a controller, and finds its namespaces.
     *
     * @param access is closed if that fails
     * @param cpus that want a queue each, as far as there are some
     * @param currentCpu the number of the CPU that calls it
     * @param patience nanoseconds that it has for a command
     */
    static NvmeController start(
            PciAccess access, int cpus, IntSupplier currentCpu, long patience, Consumer<String> log)
            throws IOException, InterruptedException {
        return ControllerStart.start(
                access::close,
                () -> new NvmeController(access, currentCpu, patience),
                controller -> controller.begin(cpus, log));
    }

    private void begin(int cpus, Consumer<String> log) throws IOException, InterruptedException {
        registers.disable();
        access.admitToMemory();
        registers.enable(admin.submissionAddress(), admin.completionAddress(), admin.entries());
        requests.setUp(this::serve, () -> setUp(cpus, log));
    }

    private void setUp(int cpus, Consumer<String> log) throws IOException {
        ControllerIdentity identity =
                ControllerIdentity.of(identify(NvmeCommand.CNS_CONTROLLER, 0));
        long mostBytes = Math.min(identity.mostBytes(), MOST_BYTES);
        openQueues(cpus, (int) mostBytes);
        List<Integer> active = activeNamespaces(identity.namespaces());
        if (active.size() > MOST_NAMESPACES) {
            log.accept(access.name() + ": only its first " + MOST_NAMESPACES + " namespaces");
        }
        for (int namespace : active.subList(0, Math.min(active.size(), MOST_NAMESPACES))) {
            try {
                add(namespace, identity, mostBytes);
            } catch (IOException e) {
                if (!isAlive()) {
                    throw e;
                }
                log.accept(e.getMessage());
            }
        }
    }

    private byte[] identify(int what, int namespace) throws IOException {
        admin.run(NvmeCommand.identify(what, namespace, data.device(), ControllerIdentity.BYTES));
        byte[] identity = new byte[ControllerIdentity.BYTES];
        access.memory().copyOut(data.address(0, identity.length), identity, 0, identity.length);
        return identity;
    }

    /** As many as the controller, its messages and its doorbells allow, one at least. */
    private void openQueues(int cpus, int mostBytes) throws IOException {
        int wanted = Math.clamp(cpus, 1, MOST_QUEUES);
        wanted = Math.clamp(access.interrupts() - 1, 1, wanted);
        wanted = Math.clamp(registers.mostQueues() - 1, 1, wanted);
        int granted = admin.run(NvmeCommand.setQueues(wanted));
        int count = Math.min(wanted, Math.min(granted & 0xffff, granted >>> Short.SIZE) + 1);
        int entries = Math.min(QUEUE_ENTRIES, registers.mostEntries());
        int slots = Math.min(SLOTS, entries - 1);
        for (int i = 1; i <= count; i++) {
            NvmeQueue queue =
                    new NvmeQueue(access, registers, i, entries, requests.table(slots), mostBytes);
            admin.run(NvmeCommand.createCompletionQueue(queue, i % access.interrupts()));
            admin.run(NvmeCommand.createSubmissionQueue(queue));
            queues.add(queue);
        }
    }

    /** Their numbers, ascending; of old controllers, those that there might be. */
    private List<Integer> activeNamespaces(long last) throws IOException {
        List<Integer> active = new ArrayList<>();
        if (!registers.listsNamespaces()) {
            for (int i = 1; i <= Math.min(last, MOST_NAMESPACES); i++) {
                active.add(i);
            }
            return active;
        }
        byte[] list = identify(NvmeCommand.CNS_ACTIVE_NAMESPACES, 0);
        ByteBuffer numbers = ByteBuffer.wrap(list).order(ByteOrder.LITTLE_ENDIAN);
        long before = 0;
        while (numbers.hasRemaining()) {
            int number = numbers.getInt();
            if (number == 0) {
                break;
            }
            if (Integer.toUnsignedLong(number) <= before) {
                throw new IOException(
                        access.name()
                                + ": its list of namespaces goes from "
                                + before
                                + " to "
                                + Integer.toUnsignedLong(number));
            }
            before = Integer.toUnsignedLong(number);
            active.add(number);
        }
        return active;
    }

    private void add(int namespace, ControllerIdentity identity, long mostBytes)
            throws IOException {
        String number = Integer.toUnsignedString(namespace);
        String name = access.name() + " namespace " + number;
        NamespaceIdentity found =
                NamespaceIdentity.of(name, identify(NvmeCommand.CNS_NAMESPACE, namespace));
        if (found.blocks() == 0) {
            return;
        }
        long blockBytes = found.blockBytes();
        DiskGeometry geometry =
                DiskGeometry.of(
                        name,
                        identity.serialNumber(),
                        found.blocks(),
                        blockBytes,
                        found.isReadOnly(),
                        Math.min(mostBytes, MOST_BLOCKS * blockBytes),
                        identity.deallocates() ? MOST_RANGE_BLOCKS * blockBytes : 0);
        NvmeNamespace commands =
                new NvmeNamespace(this, namespace, geometry, identity.cachesWrites());
        disks.add(new ControllerDisk("n" + number, new CommandDisk(geometry, commands)));
    }

    /** Of the CPU that we run on. */
    NvmeQueue queue() {
        return queues.get(Math.floorMod(currentCpu.getAsInt(), queues.size()));
    }

    /** Tells a namespace that nobody needs blocks any more. */
    void deallocate(int namespace, long block, long blocks) throws IOException {
        queue().deallocate(namespace, block, blocks);
    }

    @Override
    protected void takeAnswers() {
        admin.serve();
        queues.forEach(NvmeQueue::serve);
        if (isAlive() && registers.isFatal()) {
            requests.fail(new IOException(access.name() + ": it has failed"));
        }
    }

    @Override
    protected void reset() throws IOException, InterruptedException {
        registers.disable();
    }
}
