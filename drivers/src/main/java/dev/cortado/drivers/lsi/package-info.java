/**
 * LSI Logic's SCSI and SAS adapters with Fusion-MPT, such as 53C1030 and SAS1068 ("Fusion-MPT
 * Message Passing Interface Specification", 1.2, and LSI's public headers {@code mpi.h}, {@code
 * mpi_ioc.h} and {@code mpi_init.h}, whose names are used here).
 */
package dev.cortado.drivers.lsi;
