package dev.cortado.drivers.ata.ahci;

import dev.cortado.drivers.ata.AtaDisk;
import dev.cortado.drivers.ata.AtaIdentity;
import dev.cortado.drivers.ata.PacketDrive;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.ControllerStart;
import dev.cortado.drivers.block.controller.PciControllerLife;
import dev.cortado.drivers.pci.PciAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One life of the driver of a controller, whose ports have a disk or a drive for CDs each. */
final class AhciController extends PciControllerLife {
    /** Base class, sub-class and programming interface (2.1.5). */
    static final int CLASS_CODE = 0x01_06_01;

    /** More make nothing faster, and take memory. */
    private static final int MOST_BYTES = 1 << 20;

    /** Milliseconds until who is there has said so (Serial ATA 3.0, 8.4.2), at most twice that. */
    private static final int PRESENCE = 10;

    private final AhciRegisters registers;
    private final List<PortRegisters> all;
    private final List<AhciPort> ports = new ArrayList<>();

    private AhciController(PciAccess access, long patience) throws IOException {
        super(access, patience);
        registers = new AhciRegisters(access);
        all = registers.ports();
    }

    /**
     * Resets a controller, and finds its disks.
     *
     * @param access is closed if that fails
     * @param patience nanoseconds that a disk has for a command
     */
    static AhciController start(PciAccess access, long patience, Consumer<String> log)
            throws IOException, InterruptedException {
        return ControllerStart.start(
                access::close,
                () -> new AhciController(access, patience),
                controller -> controller.begin(log));
    }

    private void begin(Consumer<String> log) throws IOException, InterruptedException {
        registers.reset();
        access.admitToMemory();
        all.forEach(PortRegisters::spinUp);
        access.sleep(PRESENCE);
        for (PortRegisters port : all) {
            if (port.isPresent()) {
                try {
                    start(port);
                } catch (IOException e) {
                    port.stop();
                    log.accept(e.getMessage());
                }
            }
        }
        registers.enableInterrupts();
        requests.setUp(this::serve, () -> identify(log));
    }

    private void start(PortRegisters port) throws IOException, InterruptedException {
        PortMemory memory = new PortMemory(access, registers.addressLimit());
        port.start(memory);
        if (port.isDisk() || port.takesPackets()) {
            int slots = Math.min(registers.slots(), PortMemory.SLOTS);
            ports.add(new AhciPort(port, memory, requests, slots));
        } else {
            port.stop();
        }
    }

    private void identify(Consumer<String> log) throws IOException {
        for (AhciPort port : ports) {
            try {
                if (port.takesPackets()) {
                    findDisc(port, log);
                } else {
                    findDisk(port);
                }
            } catch (IOException e) {
                if (!isAlive()) {
                    throw e;
                }
                log.accept(e.getMessage());
            }
        }
    }

    private void findDisk(AhciPort port) throws IOException {
        AtaIdentity identity = port.identify(registers.queues());
        disks.add(
                new ControllerDisk(
                        port.place(),
                        AtaDisk.of(
                                port.name(),
                                port,
                                identity,
                                MOST_BYTES,
                                registers.addressLimit())));
    }

    private void findDisc(AhciPort port, Consumer<String> log) throws IOException {
        disks.addAll(
                PacketDrive.discs(
                        port,
                        port.place(),
                        port.identifyPacketDrive(),
                        access.frames(),
                        access.memory(),
                        MOST_BYTES,
                        registers.addressLimit(),
                        log));
    }

    @Override
    protected void takeAnswers() {
        int pending = registers.pendingPorts();
        ports.forEach(AhciPort::serve);
        registers.acknowledge(pending);
    }

    @Override
    protected void reset() throws IOException, InterruptedException {
        registers.reset();
    }
}
