package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.folder.BadReplyException;
import dev.cortado.runtime.file.folder.ReplyFields;
import java.nio.ByteBuffer;

/** A server's message (9P2000, intro(5)). */
final class Reply extends ReplyFields {
    /** In front of what is said of a server. */
    static final String PROTOCOL = "9P: ";

    /**
     * Checks a reply's first fields.
     *
     * @param memory where it is, from {@code at} on
     * @param count bytes that came
     * @param request what it is the answer to
     * @param tag of that
     * @throws FileException why the server does not do it; EIO also for errors that are none of the
     *     program's
     */
    Reply(ByteBuffer memory, int at, int count, int request, int tag) throws FileException {
        int type = request + 1;
        super(PROTOCOL + "the reply of type " + type, memory, at, count, Request.HEADER_BYTES);
        int size = number32();
        int actualType = number8();
        int actualTag = number16();
        limit(size, Request.HEADER_BYTES);
        if (actualTag != tag) {
            throw bad("has the tag " + actualTag + " and not " + tag);
        }
        if (actualType == MessageType.RLERROR) {
            int number = number32();
            requireEnd();
            throw new FileException(errno(number));
        }
        if (actualType != type) {
            throw bad("is of type " + actualType);
        }
    }

    Qid qid() throws BadReplyException {
        require(Qid.BYTES);
        int kind = number8();
        number32(); // the version, which changes with the file
        return new Qid(kind, number64());
    }

    /**
     * Text with its length in front.
     *
     * @param most bytes that it may have
     */
    byte[] text(int most) throws BadReplyException {
        int length = number16();
        if (length > most) {
            throw bad("has " + length + " bytes of text");
        }
        return bytes(length);
    }

    /**
     * How many bytes of data follow, which are all that follows.
     *
     * @param asked at most so many
     */
    int dataBytes(int asked) throws BadReplyException {
        int count = number32();
        if (count < 0 || count > asked || count != remaining()) {
            throw bad(
                    "has "
                            + Integer.toUnsignedString(count)
                            + " bytes of data, of "
                            + asked
                            + " asked for, and "
                            + remaining()
                            + " came");
        }
        return count;
    }
}
