//! The stages that the product starts with. An application that has its own replaces the pipelines of the vocabulary.

/// The stages of an entity's general pipeline, and the list of their keys.
macro_rules! stages {
    ($of:ident: $($(#[$doc:meta])* $name:ident = $key:literal;)*) => {
        use crate::preset::crm::GENERAL;
        use crate::vocabulary::PlaceName;

        const PIPELINE: PlaceName = crate::preset::crm::$of.pipeline(GENERAL.text());
        $($(#[$doc])* pub const $name: PlaceName = PIPELINE.stage($key);)*
        /// The keys of the stages, in order.
        pub const STAGES: &[&str] = &[$($key),*];
    };
}

/// The stages of leads.
pub mod lead {
    stages! { LEAD:
        /// Nobody has looked at it yet. The vendor's `NEW`.
        NEW = "new";
        /// Being worked on. The vendor's `IN_PROCESS`.
        IN_PROCESS = "in_process";
        /// Worked on. The vendor's `PROCESSED`.
        PROCESSED = "processed";
        /// Became a deal. The vendor's `CONVERTED`.
        CONVERTED = "converted";
        /// Came to nothing. The vendor's `JUNK`.
        JUNK = "junk";
    }
}

/// The stages of deals.
pub mod deal {
    stages! { DEAL:
        /// Just begun. The vendor's `NEW`.
        NEW = "new";
        /// Documents are being prepared. The vendor's `PREPARATION`.
        PREPARATION = "preparation";
        /// An advance is invoiced. The vendor's `PREPAYMENT_INVOICE`.
        PREPAYMENT_INVOICE = "prepayment_invoice";
        /// Being carried out. The vendor's `EXECUTING`.
        EXECUTING = "executing";
        /// The rest is invoiced. The vendor's `FINAL_INVOICE`.
        FINAL_INVOICE = "final_invoice";
        /// Won. The vendor's `WON`.
        WON = "won";
        /// Lost. The vendor's `LOSE`.
        LOST = "lost";
        /// Lost, and the reasons looked into. The vendor's `APOLOGY`.
        APOLOGY = "apology";
    }
}

/// The stages of quotes.
pub mod quote {
    stages! { QUOTE:
        /// Being written. The vendor's `DRAFT`.
        DRAFT = "draft";
        /// Sent to the client. The vendor's `SENT`.
        SENT = "sent";
        /// Accepted. The vendor's `APPROVED`.
        APPROVED = "approved";
        /// Refused. The vendor's `DECLAINED`, so spelt.
        DECLINED = "declined";
        /// Refused, and the reasons looked into. The vendor's `APOLOGY`.
        APOLOGY = "apology";
    }
}

/// The stages of old invoices.
pub mod invoice {
    stages! { INVOICE:
        /// Being written. The vendor's `N`.
        DRAFT = "draft";
        /// Sent to the client. The vendor's `S`.
        SENT = "sent";
        /// Paid. The vendor's `P`.
        PAID = "paid";
        /// Not paid. The vendor's `D`.
        DECLINED = "declined";
    }
}

/// The stages of present invoices.
pub mod smart_invoice {
    stages! { SMART_INVOICE:
        /// Being written. The vendor's `N`.
        DRAFT = "draft";
        /// Sent to the client. The vendor's `S`.
        SENT = "sent";
        /// Paid. The vendor's `P`.
        PAID = "paid";
        /// Not paid. The vendor's `D`.
        DECLINED = "declined";
    }
}

/// The keys of the stages that a smart process starts with: the vendor's `NEW`, `PREPARATION`, `CLIENT`, `SUCCESS`, `FAIL`.
pub(super) const SMART_PROCESS: &[&str] = &["new", "preparation", "client", "success", "fail"];
