//! Groups, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{EndPage, GroupChange, GroupList, GroupPage, MembersPage};
use super::forms::{CandidateForm, CandidateSearch, EndForm, GroupAddress, GroupFilter, GroupForm, MemberForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(GroupsList::PATH, Permission::SeeOwnGroups),
    asks(GroupOf::PATH, Permission::SeeOwnGroups),
    asks(GroupToMake::PATH, Permission::ManageGroups),
    asks(GroupToChange::PATH, Permission::ManageGroups),
    asks(GroupToEnd::PATH, Permission::ManageGroups),
    asks(MembersOf::PATH, Permission::ManageGroups),
    asks(SearchCandidates::PATH, Permission::ManageGroups),
    asks(CreateGroup::PATH, Permission::ManageGroups),
    asks(AddMember::PATH, Permission::ManageGroups),
    asks(RemoveMember::PATH, Permission::ManageGroups),
    asks(EndGroup::PATH, Permission::ManageGroups),
];

/// The groups that one is in or leads; every group for a coordinator.
#[server(prefix = "/api", endpoint = "groups_list")]
pub async fn groups_list(form: GroupFilter) -> Result<GroupList, AppError> {
    let actor = crate::access::require(Permission::SeeOwnGroups)?;
    super::store::groups_list(&actor, &form).await
}

/// Everything on the page of a group.
#[server(prefix = "/api", endpoint = "group_of")]
pub async fn group_of(form: GroupAddress) -> Result<GroupPage, AppError> {
    let actor = crate::access::require(Permission::SeeOwnGroups)?;
    let group = super::store::open_group(&actor, &form.slug).await?;
    super::store::group_page(&actor, &group, &form).await
}

/// What the form of a new group begins with.
#[server(prefix = "/api", endpoint = "group_to_make")]
pub async fn group_to_make() -> Result<GroupChange, AppError> {
    crate::access::require(Permission::ManageGroups)?;
    Ok(GroupChange { facts: None, supervisor: String::new() })
}

/// What the form begins with that changes a group.
#[server(prefix = "/api", endpoint = "group_to_change")]
pub async fn group_to_change(form: GroupAddress) -> Result<GroupChange, AppError> {
    let actor = crate::access::require(Permission::ManageGroups)?;
    let group = super::store::open_group_to_change(&actor, &form.slug).await?;
    super::store::group_to_change(&actor, &group).await
}

/// What ending a group would do.
#[server(prefix = "/api", endpoint = "group_to_end")]
pub async fn group_to_end(form: GroupAddress) -> Result<EndPage, AppError> {
    let actor = crate::access::require(Permission::ManageGroups)?;
    let group = super::store::open_group_to_change(&actor, &form.slug).await?;
    super::store::group_to_end(&actor, &group).await
}

/// The members of a group, and who could join them.
#[server(prefix = "/api", endpoint = "members_of")]
pub async fn members_of(form: CandidateSearch) -> Result<MembersPage, AppError> {
    let actor = crate::access::require(Permission::ManageGroups)?;
    let group = super::store::open_group_to_change(&actor, &form.slug).await?;
    let find = crate::people::store::searched_for(&actor, &form.search).await?;
    super::store::members_page(&actor, &group, find).await
}

/// Searches for somebody who could join. The words are kept on the server, and the address holds what stands for them.
#[server(prefix = "/api", endpoint = "search_candidates")]
pub async fn search_candidates(form: CandidateForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::ui::address_with;

    let actor = require(Permission::ManageGroups)?;
    let group = super::store::open_group(&actor, &form.slug).await?;
    let search = crate::people::store::keep_search(&actor, &form.find).await?;
    go_to(&address_with(&crate::paths::group_members(group.slug()), &[("search", &search)]), "");
    Ok(())
}

/// Makes a group.
#[server(prefix = "/api", endpoint = "create_group")]
pub async fn create_group(form: GroupForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageGroups)?;
    let details = form.check()?;
    let slug = super::store::create_group(&actor, &details).await?;
    if details.has_members() {
        go_to(&crate::paths::group_members(&slug), "The group is made. Next, add its members.");
    } else {
        go_to(&crate::paths::group(&slug), "The clinic is made. Next, propose its agreement: whoever books a place agrees to it.");
    }
    Ok(())
}

/// Gives somebody a place in a group.
#[server(prefix = "/api", endpoint = "add_member")]
pub async fn add_member(form: MemberForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageGroups)?;
    let group = super::store::open_group(&actor, &form.slug).await?;
    super::store::add_member(&actor, &group, &form.person).await?;
    go_to(&crate::paths::group_members(group.slug()), "They have a place in the group now, and have been told.");
    Ok(())
}

/// Ends somebody's place in a group.
#[server(prefix = "/api", endpoint = "remove_member")]
pub async fn remove_member(form: MemberForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageGroups)?;
    let group = super::store::open_group(&actor, &form.slug).await?;
    super::store::remove_member(&actor, &group, &form.person).await?;
    go_to(&crate::paths::group_members(group.slug()), "Their place in the group has ended, and they have been told.");
    Ok(())
}

/// Ends a group.
#[server(prefix = "/api", endpoint = "end_group")]
pub async fn end_group(form: EndForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageGroups)?;
    let group = super::store::open_group(&actor, &form.slug).await?;
    super::store::end_group(&actor, &group, form.version.parse().unwrap_or(0)).await?;
    go_to(&crate::paths::group(group.slug()), "The group has ended. Its members and its supervisor have been told.");
    Ok(())
}
