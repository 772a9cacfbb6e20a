package dev.cortado.kernel.message;

import dev.cortado.kernel.list.NodeList;
import org.graalvm.nativeimage.c.struct.RawField;
import org.graalvm.nativeimage.c.struct.RawStructure;
import org.graalvm.word.PointerBase;

/** Where calls arrive, see {@link Ports}. */
@RawStructure
public interface Port extends PointerBase {
    /** Takes calls. */
    int OPEN = 0;

    /** Who received has died: calls fail at once. */
    int DOWN = 1;

    /** For good. */
    int CLOSED = 2;

    /** One of the above. */
    @RawField
    int getState();

    @RawField
    void setState(int value);

    /** How many of those who received have died: a receiver of an earlier life gets nothing. */
    @RawField
    int getLife();

    @RawField
    void setLife(int value);

    /** Calls that nobody has received; empty while there are receivers. */
    @RawField
    NodeList getCallers();

    @RawField
    void setCallers(NodeList value);

    @RawField
    NodeList getReceivers();

    @RawField
    void setReceivers(NodeList value);

    /** Calls that were received and wait for their replies. */
    @RawField
    NodeList getTaken();

    @RawField
    void setTaken(NodeList value);
}
