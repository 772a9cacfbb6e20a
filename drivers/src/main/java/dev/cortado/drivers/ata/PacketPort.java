package dev.cortado.drivers.ata;

import java.io.IOException;

/** The way of a drive that takes packets to its controller. */
public interface PacketPort {
    /** For messages. */
    String name();

    /**
     * Carries out a command of the kind {@link AtaCommand#PACKET}.
     *
     * @throws IOException the controller's driver is at its end
     */
    PacketAnswer packet(AtaCommand command) throws IOException;

    boolean isAlive();
}
