package dev.cortado.drivers.ata;

/**
 * What a drive says of a packet.
 *
 * @param status of its registers
 * @param isShort whether less was moved than there is room for, as far as the controller says
 * @param isLost whether the controller could not move the data
 */
public record PacketAnswer(int status, boolean isShort, boolean isLost) {
    /** Whether the drive has not ended the command as it should. */
    boolean isConfused() {
        int wrong = AtaCommand.STATUS_BSY | AtaCommand.STATUS_DRQ | AtaCommand.STATUS_DF;
        return isLost || (status & wrong) != 0;
    }

    /** Whether there are reasons to be asked for. */
    boolean isRefusal() {
        return (status & AtaCommand.STATUS_ERR) != 0;
    }
}
